using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;

namespace Evergreen.Application;

/// <summary>One box that finds members by number, name, e-mail or the last four of their account, runs by their name, imports by number or file and documents by their file's name: what the person may see of them.</summary>
/// <remarks>Members are looked for in an index that holds all their words, in the order of their numbers, until enough are found. Stands above the street because it looks into several of its houses.</remarks>
public sealed class SearchOffice(Books books)
{
    private const int Most = 20;

    /// <param name="Members">Whether members may be found; likewise runs and imports.</param>
    public sealed record Request(string? CoOp, string? Text, bool Members, bool Runs, bool Imports);

    /// <param name="BankLastFour">Shown where it is what was looked for.</param>
    public sealed record FoundMember(string Number, string Name, string? Email, string? BankLastFour);
    public sealed record FoundRun(string Name, int FiscalYear);
    public sealed record FoundImport(int Number, string FileName, DateTime At);

    /// <param name="Member">Number of the member whose document it is.</param>
    public sealed record FoundDocument(string FileName, string Member, string Name);

    /// <param name="More">Whether there are more members than are shown.</param>
    public sealed record Result(IReadOnlyList<FoundMember> Members, bool More, IReadOnlyList<FoundRun> Runs, IReadOnlyList<FoundImport> Imports, IReadOnlyList<FoundDocument> Documents);

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var words = SearchKey.Words(request.Text ?? "");
        if (words.Count == 0) return new Result([], More: false, [], [], []);
        var coOp = found.Value;
        var members = request.Members ? Members(db, coOp, request.Text!.Trim(), words) : [];
        return new Result([.. members.Take(Most)], members.Count > Most, request.Runs ? Runs(db, coOp, words) : [], request.Imports ? Imports(db, coOp, words) : [], request.Members ? Documents(db, coOp, words) : []);
    });

    /// <summary>The member of exactly this number first.</summary>
    private static List<FoundMember> Members(EvergreenDb db, CoOp coOp, string typed, IReadOnlyList<string> words)
    {
        var keys = db.Members.Where(member => member.CoOpId == coOp.Id);
        foreach (var word in words) keys = keys.Where(member => member.SearchKey.Contains(word));
        var ids = db.Members.Where(member => member.CoOpId == coOp.Id && member.Number == typed).Select(member => member.Id).ToList();
        ids.AddRange(keys.OrderBy(member => member.SearchKey).Select(member => member.Id).Take(Most + 1).ToList().Except(ids));
        var rows = db.Members.Where(member => ids.Contains(member.Id)).Select(member => new { member.Id, member.Number, member.Name, member.Email, member.BankAccountLastFour }).ToDictionary(member => member.Id);
        return [.. ids.Select(id => rows[id]).Select(row => new FoundMember(row.Number, row.Name, row.Email, row.BankAccountLastFour is { } last && words.Contains(SearchKey.Fold(last)) ? last : null))];
    }

    private static IReadOnlyList<FoundRun> Runs(EvergreenDb db, CoOp coOp, IReadOnlyList<string> words) =>
        [.. db.DividendRuns.Where(run => run.CoOpId == coOp.Id).OrderByDescending(run => run.FiscalYear).ThenByDescending(run => run.Number).Select(run => new { run.FiscalYear, run.Number }).AsEnumerable()
            .Select(run => new FoundRun($"{run.FiscalYear}-{run.Number}", run.FiscalYear)).Where(run => words.All(word => run.Name.Contains(word, StringComparison.Ordinal) || word is "run" or "dividend")).Take(Most)];

    private static IReadOnlyList<FoundImport> Imports(EvergreenDb db, CoOp coOp, IReadOnlyList<string> words) =>
        [.. db.Imports.Where(import => import.CoOpId == coOp.Id).OrderByDescending(import => import.Number).Select(import => new { import.Number, import.FileName, import.At, import.Kind }).AsEnumerable()
            .Where(import => SearchKey.Of("import", $"{import.Number}", $"{import.Kind}", import.FileName) is var key && words.All(word => key.Contains(word, StringComparison.Ordinal)))
            .Select(import => new FoundImport(import.Number, import.FileName, import.At)).Take(Most)];

    /// <remarks>Few members have documents, and a file's name is short: they are read through, without accents and capitals.</remarks>
    private static IReadOnlyList<FoundDocument> Documents(EvergreenDb db, CoOp coOp, IReadOnlyList<string> words) =>
        [.. (from document in db.MemberDocuments
             join member in db.Members on document.MemberId equals member.Id
             where member.CoOpId == coOp.Id
             orderby document.At descending, document.Id
             select new { document.FileName, member.Number, member.Name }).AsEnumerable()
            .Where(document => SearchKey.Of(document.FileName) is var key && words.All(word => key.Contains(word, StringComparison.Ordinal)))
            .Select(document => new FoundDocument(document.FileName, document.Number, document.Name)).Take(Most)];
}
