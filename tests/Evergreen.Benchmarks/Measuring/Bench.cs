using Evergreen.Application.Storage;
using Evergreen.Benchmarks.Stage;
using Evergreen.Benchmarks.Steps;
using Evergreen.Benchmarks.Workload;

namespace Evergreen.Benchmarks.Measuring;

/// <summary>Runs the parts that were asked for, round by round, Evergreen and the plain program in turns, and sets their middle times side by side.</summary>
internal sealed class Bench(Options options) : IDisposable
{
    private const int FewLines = 10;
    private readonly string folder = Directory.CreateDirectory(Path.Combine(options.WorkFolder, $"evergreen-bench-{Environment.ProcessId}")).FullName;
    private readonly Dictionary<(string Step, int Members, int Lines), List<StepResult>> results = [];
    private readonly bool postgres = options.Database != "sqlite";
    private int databases;

    public IReadOnlyList<Finding> Run()
    {
        CanonicalPurchases.Write(TrialCoOp.Warm.Journal, TrialCoOp.Warm.PurchasesPath(folder));
        foreach (var members in options.Members)
        {
            if (options.Intakes) Intakes(members);
            if (!options.Year) continue;
            WriteCsv(members, TillJournal.UsualLines);
            for (var round = 0; round < options.RoundsAt(members); round++) Round(members, evergreenFirst: round % 2 == 0);
            if (options is { Runs: true, Limits: true } && members == options.Members[0]) FewLinesEach(members);
            File.Delete(TrialCoOp.Grocery(members, TillJournal.UsualLines).PurchasesPath(folder));
        }
        return [.. Findings()];
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>The other files that are taken in, once: nothing stands beside them but the limit of memory.</summary>
    private void Intakes(int members)
    {
        var database = Create();
        try
        {
            foreach (var step in (string[])["prepare", "hours", "equity"]) Do(step, database, members, FewLines);
        }
        finally
        {
            TrialDatabase.Drop(database, options.Database);
        }
    }

    private void Round(int members, bool evergreenFirst)
    {
        var ours = Create();
        var plain = Create();
        try
        {
            foreach (var database in (DatabaseAddress[])[ours, plain]) Do("prepare", database, members);
            InTurns(() => Do("import", ours, members), () => Do("import-plain", plain, members));
            if (!options.Runs && !options.Statements) return;
            foreach (var database in (DatabaseAddress[])[ours, plain]) Do("close", database, members);
            StepResult? evergreens = null, plains = null;
            InTurns(() => evergreens = Do("run", ours, members), () => plains = Do("run-plain", plain, members));
            if (evergreens!.Fingerprint != plains!.Fingerprint) throw new InvalidOperationException($"Evergreen and the plain program disagree at {members} members.");
            if (!options.Statements) return;
            InTurns(() => Do("statements", ours, members), () => Do("statements-plain", ours, members));
            InTurns(() => Do("files", ours, members), () => Do("files-plain", ours, members));
        }
        finally
        {
            TrialDatabase.Drop(ours, options.Database);
            TrialDatabase.Drop(plain, options.Database);
        }

        void InTurns(Action evergreen, Action other)
        {
            (evergreenFirst ? evergreen : other)();
            (evergreenFirst ? other : evergreen)();
        }
    }

    /// <summary>The same members with a tenth of the lines: a run must not take noticeably less.</summary>
    private void FewLinesEach(int members)
    {
        WriteCsv(members, FewLines);
        for (var round = 0; round < options.RoundsAt(members); round++)
        {
            var database = Create();
            try
            {
                foreach (var step in (string[])["prepare", "import", "close", "run"]) Do(step, database, members, FewLines);
            }
            finally
            {
                TrialDatabase.Drop(database, options.Database);
            }
        }
    }

    private DatabaseAddress Create() => TrialDatabase.Create(options.Database, folder, $"books-{++databases}");

    private StepResult Do(string name, DatabaseAddress database, int members, int lines = TillJournal.UsualLines)
    {
        var result = Child.Run(new Step(name, database, folder, members, lines));
        if (!results.TryGetValue((name, members, lines), out var list)) results[(name, members, lines)] = list = [];
        list.Add(result);
        if (result.Seconds > 0) Console.Error.WriteLine($"{name}, {members} members, {lines} lines each: {result.Seconds:0.00} s, {result.CpuSeconds:0.00} s of processor, {result.PeakMegabytes} MB  {result.Parts}");
        return result;
    }

    private IEnumerable<Finding> Findings()
    {
        foreach (var members in options.Members)
        {
            if (options.Intakes)
                foreach (var (step, kind) in ((string, string)[])[("prepare", "members"), ("hours", "hours"), ("equity", "equity")]) yield return Alone(step, members) with { Step = $"{kind} taken in" };
            if (options.Imports)
            {
                var finding = Beside("import", members, postgres ? 0.35 : 0.5, rate: true);
                yield return finding with { Note = $"{members * TillJournal.UsualLines / finding.Seconds / 1000:0} thousand lines a second, beside {(postgres ? "binary COPY" : "prepared inserts")}" };
            }
            if (options.Runs) yield return Beside("run", members, 2, rate: false) with { Step = "calculate + post" };
            if (!options.Statements) continue;
            yield return Beside("statements", members, 0.85, rate: true) with { Step = "statements into a ZIP" };
            yield return Beside("files", members, 0.85, rate: true) with { Step = "statements into a folder, beside drawn ones written there" };
        }
        if (options is not { Runs: true, Limits: true }) yield break;
        var least = options.Members[0];
        var (many, few) = (Middle("run", least).Seconds, Middle("run", least, FewLines).Seconds);
        yield return new Finding("calculate + post, 100 lines a member beside 10", least, many, few, many / few, 1.2, AtLeast: false, 0);
        foreach (var members in options.Members.Where(members => members == least * 10L))
        {
            var (large, small) = (Middle("run", members).Seconds, many);
            yield return new Finding($"calculate + post, {members:N0} members beside {least:N0}", members, large, small, large / small, 11, AtLeast: false, 0);
        }
    }

    /// <param name="rate">Whether the ratio is that of the rates, ours over the plain one's, or that of the times.</param>
    private Finding Beside(string step, int members, double required, bool rate)
    {
        var (ours, plain) = (Middle(step, members), Middle(step + "-plain", members));
        return new Finding(step, members, ours.Seconds, plain.Seconds, rate ? plain.Seconds / ours.Seconds : ours.Seconds / plain.Seconds, required, rate, results[(step, members, TillJournal.UsualLines)].Max(result => result.PeakMegabytes), ours.Parts);
    }

    private Finding Alone(string step, int members)
    {
        var result = Middle(step, members, FewLines);
        return new Finding(step, members, result.Seconds, 0, 0, 0, AtLeast: true, results[(step, members, FewLines)].Max(result => result.PeakMegabytes), $"{result.Rows:N0} rows");
    }

    private StepResult Middle(string step, int members, int lines = TillJournal.UsualLines)
    {
        var rounds = results[(step, members, lines)].OrderBy(result => result.Seconds).ToList();
        return rounds[rounds.Count / 2];
    }

    private void WriteCsv(int members, int lines)
    {
        var coOp = TrialCoOp.Grocery(members, lines);
        var totals = JournalTotals.Of(coOp.Journal);
        CanonicalPurchases.Write(coOp.Journal, coOp.PurchasesPath(folder));
        Console.Error.WriteLine($"{members} members, {lines} lines each: {totals}");
    }
}
