using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Languages;

namespace Evergreen.Application.CoOps;

/// <summary>Words a letter or mail to members as the co-op wants it, in one language, or goes back to the built-in words. Every version stays.</summary>
public sealed class WordText(Books books)
{
    /// <param name="Seen">The version that stood there when the form was opened; 0 where there was none.</param>
    /// <param name="Subject">Null, as the words are, for the built-in text.</param>
    public sealed record Request(string? CoOp, string Name, string Language, int Seen, string? Subject, string? Words, string By);

    /// <returns>The version that holds now; 0 where the built-in text always has.</returns>
    public Outcome<int> Run(Request request) => books.Write<int>(dryRun: false, db =>
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        if (TextTemplate.Find(request.Name) is not { } template || !template.IsWorded(coOp, request.Language)) return Refusals.TextUnknown(request.Name, request.Language);
        (string? Subject, string? Words) wanted = default;
        if (request.Subject is not null || request.Words is not null)
        {
            var typed = template.Checked(request.Subject, request.Words);
            if (typed.IsRefused) return typed.Refusal!;
            wanted = typed.Value;
        }
        var last = db.TextVersions.Where(text => text.CoOpId == coOp.Id && text.Name == template.Name && text.Language == request.Language).OrderByDescending(text => text.Version).FirstOrDefault();
        if (last is not null && last.Version != request.Seen) return Refusals.TextChanged(last.By, last.At);
        var language = Language.Of(request.Language, coOp.Country);
        var stands = last?.Words is null ? (template.BuiltInSubject(language), template.Unworded(coOp, language).ReplaceLineEndings("\n")) : (last.Subject!, last.Words);
        if (wanted.Words is null ? last?.Words is null : wanted == stands) return last?.Version ?? 0;
        var version = (last?.Version ?? 0) + 1;
        db.TextVersions.Add(new TextVersion { CoOpId = coOp.Id, Name = template.Name, Language = request.Language, Version = version, Subject = wanted.Subject, Words = wanted.Words, At = books.Now, By = request.By });
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "co-op.text", $"text {template.Name} {request.Language}", $"version {version}{(wanted.Words is null ? ", the built-in words again" : "")}");
        return version;
    });
}
