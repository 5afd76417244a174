using System.Text;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>
/// A file of any source, read as rows of the contract. <see cref="Read"/> gives well-shaped rows only; bad ones are reported, counted and given back.
/// Each row given must be decided by <see cref="Accept"/>, <see cref="Hold"/>, <see cref="Skip"/> or <see cref="Reject"/> before the next.
/// </summary>
public sealed class CanonicalRows : IDisposable
{
    private enum Decision { None, Skipped, Accepted, Held, Rejected }

    /// <summary>A wrong row that is a note if nothing but such rows follows.</summary>
    private sealed record PossibleNote(Problem Note, IReadOnlyList<Problem> Problems, string[] Fields);

    private const int MostNotes = 50;

    private readonly RowSource source;
    private readonly ProblemList problems;
    private readonly RejectsFile? rejects;
    private readonly FieldPlan plan;
    private readonly RowValues[] parts;
    private readonly List<Problem> rowProblems = [];
    private readonly List<PossibleNote> notes = [];
    private readonly ColumnTotals?[] totals, heldTotals;
    private readonly (long First, long Last)[] dates;
    private int partCount, nextPart;
    private bool rowOpen, entryOpen, finished, mayBeNote;
    private Decision decision;
    private string skippedBecause = "";
    private RowValues row = null!;

    private CanonicalRows(RowSource source, FieldPlan plan, ProblemList problems, RejectsFile? rejects)
    {
        (this.source, this.plan, this.problems, this.rejects) = (source, plan, problems, rejects);
        var columns = plan.Profile.File.Columns.Count;
        parts = [.. plan.Profile.Parts.Select(_ => new RowValues(columns))];
        totals = new ColumnTotals?[columns];
        heldTotals = new ColumnTotals?[columns];
        dates = new (long, long)[columns];
        foreach (var notice in source.Notices) problems.Add(notice);
        rejects?.Begin(source);
    }

    public CanonicalFile File => plan.Profile.File;
    public ColumnMapping Mapping => plan.Mapping;

    /// <summary>The order of dates that was given, stated by the profile or proven by the file's own values.</summary>
    public DateOrder DateOrder => plan.Dates.Order;

    /// <summary>The file below: for its header, its account of lines and its progress.</summary>
    public RowSource Source => source;

    /// <summary>First line of the current row in the file.</summary>
    public long Line => source.Line;

    /// <summary>Opens a file through a profile; looks through it once more first where the order of its dates must be proven.</summary>
    public static Outcome<CanonicalRows> Open(ImportFile file, Profile profile, ProblemList problems, ReadingOptions? options = null, RejectsFile? rejects = null)
    {
        options ??= ReadingOptions.Default;
        var opened = file.OpenRows(options);
        if (opened.IsRefused) return opened.Refusal!;
        var rows = opened.Value;
        var planned = FieldPlan.Make(profile, options, rows.Header, file);
        if (!planned.IsRefused) return new CanonicalRows(rows, planned.Value, problems, rejects);
        rows.Dispose();
        return planned.Refusal!;
    }

    /// <returns>False at the end of the file; then ask <see cref="Finish"/>.</returns>
    /// <exception cref="InvalidOperationException">The last row was not decided.</exception>
    public bool Read()
    {
        if (entryOpen) throw new InvalidOperationException($"The row of line {Line} was read but neither accepted, held, skipped nor rejected.");
        while (true)
        {
            if (nextPart < partCount)
            {
                row = parts[nextPart++];
                entryOpen = true;
                return true;
            }
            Settle();
            if (!source.Read())
            {
                SetNotesAside();
                return false;
            }
            rowOpen = true;
            Take();
        }
    }

    /// <summary>What the whole file added up to.</summary>
    /// <returns>Refused where reading had to be given up: then nothing of the file may be committed.</returns>
    /// <exception cref="InvalidOperationException">The file was not read to its end.</exception>
    public Outcome<ControlTotals> Finish()
    {
        if (source.Refusal is { } refusal) return refusal;
        if (!finished)
        {
            if (rowOpen || source.Read()) throw new InvalidOperationException("The file was not read to its end.");
            finished = true;
            Gather();
        }
        if (!Totals.AddsUp) throw new InvalidOperationException($"Rows do not add up: {Totals.ToJson()}");
        return Totals;
    }

    private ControlTotals Totals { get; } = new();

    public bool Has(int column) => row.Has(column);

    /// <summary>The field's text in UTF-8: trimmed, accents composed, without the apostrophe of spreadsheets. Valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => row.Text(column);

    /// <summary>As <see cref="Utf8"/>; empty where no value is given.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(row.Text(column));

    public DateOnly? Date(int column) => row.Has(column) ? DateOnly.FromDayNumber((int)row.Number(column)) : null;
    public Money? Amount(int column) => row.Has(column) ? new Money(row.Number(column)) : null;
    public Hours? Hours(int column) => row.Has(column) ? new Hours(row.Number(column)) : null;
    public bool? Flag(int column) => row.Has(column) ? row.Number(column) == 1 : null;
    public int? Year(int column) => row.Has(column) ? (int)row.Number(column) : null;

    /// <summary>The row goes in.</summary>
    public void Accept()
    {
        Decide(Decision.Accepted);
        Totals.Entries++;
        AddTo(totals);
        foreach (var column in plan.DateColumns)
        {
            if (!row.Has(column)) continue;
            var day = row.Number(column);
            var (first, last) = dates[column];
            dates[column] = last == 0 ? (day, day) : (Math.Min(first, day), Math.Max(last, day));
        }
    }

    /// <summary>The row waits for a person (an unknown member); counted apart, with its amounts.</summary>
    public void Hold()
    {
        Decide(Decision.Held);
        AddTo(heldTotals);
    }

    /// <summary>The row needs nothing done.</summary>
    /// <param name="reason">A word for the report, e.g. <c>already-imported</c>.</param>
    public void Skip(string reason)
    {
        Decide(Decision.Skipped);
        skippedBecause = reason;
    }

    /// <summary>The row is wrong for a reason that only the books know.</summary>
    public void Reject(int column, Fault fault)
    {
        Report(Severity.Error, column, fault, row.Text(column));
        Decide(Decision.Rejected);
    }

    /// <summary>Something to look at; decides nothing.</summary>
    public void Warn(int column, Fault fault) => Report(Severity.Warning, column, fault, row.Text(column));

    /// <summary>As <see cref="Warn"/>, of a row that was read before.</summary>
    public void WarnOf(long line, int column, string value, Fault fault) =>
        problems.Add(new Problem(Severity.Warning, fault.Code, source.Sheet, line, NameOf(column), Problem.Show(Encoding.UTF8.GetBytes(value), File.Columns[column].Secret), fault.Expected, fault.Remedy));

    public void Dispose() => source.Dispose();

    /// <summary>Takes one row of the file apart into canonical rows, all of its problems at once.</summary>
    private void Take()
    {
        if (plan.SetAside(source) is { } reason)
        {
            Report(LeftOut(reason, null));
            decision = Decision.Skipped;
            skippedBecause = reason;
            return;
        }
        mayBeNote = plan.MayBeNote(source);
        if (!mayBeNote) RejectNotes();
        TakeApart();
        if (!mayBeNote || decision == Decision.Rejected) return;
        mayBeNote = false;
        if (decision == Decision.None) RejectNotes();
    }

    private void TakeApart()
    {
        if (source.Fault is not null)
        {
            Report(Problem.Of(source));
            decision = Decision.Rejected;
            return;
        }
        for (var i = 0; i < parts.Length; i++)
        {
            if (!plan.HasPart(i, source)) continue;
            var values = parts[partCount];
            values.Clear();
            plan.Fill(i, source, values, this);
            partCount++;
        }
        if (decision == Decision.Rejected)
        {
            partCount = 0;
        }
        else if (partCount == 0)
        {
            decision = Decision.Skipped;
            skippedBecause = "row-without-values";
        }
    }

    private bool IsSecret(string header) => File.Columns.Any(column => column.Secret && Mapping.Columns.GetValueOrDefault(column.Name) == header);

    private Problem LeftOut(string reason, string? value) =>
        new(Severity.Warning, reason, source.Sheet, source.Line, null, value, "rows of data", "This row was counted and left out; nothing needs to be done if that is right.");

    internal void Bad(int column, Fault fault, ReadOnlySpan<byte> value)
    {
        Report(Severity.Error, column, fault, value);
        decision = Decision.Rejected;
    }

    private void Report(Severity severity, int column, Fault fault, ReadOnlySpan<byte> value)
    {
        Report(new Problem(severity, fault.Code, source.Sheet, source.Line, NameOf(column), Problem.Show(value, File.Columns[column].Secret), fault.Expected, fault.Remedy));
    }

    private string NameOf(int column) => Mapping.Columns.GetValueOrDefault(File.Columns[column].Name, File.Columns[column].Name);

    private void Report(Problem problem)
    {
        if (problem.Severity == Severity.Error) rowProblems.Add(problem);
        if (!mayBeNote) problems.Add(problem);
    }

    /// <summary>Data came after them, so these rows were meant as data.</summary>
    private void RejectNotes()
    {
        foreach (var note in notes)
        {
            foreach (var problem in note.Problems) problems.Add(problem);
            Totals.Rejected++;
            rejects?.Add(note.Fields, note.Problems);
        }
        notes.Clear();
    }

    /// <summary>The file has ended: what stands below its last row of data is shown, counted and left out.</summary>
    private void SetNotesAside()
    {
        foreach (var note in notes)
        {
            problems.Add(note.Note);
            Skipped("trailing-note");
        }
        notes.Clear();
    }

    private void Skipped(string reason)
    {
        Totals.Skipped++;
        Totals.SkippedBecause[reason] = Totals.SkippedBecause.GetValueOrDefault(reason) + 1;
    }

    private void Decide(Decision made)
    {
        if (!entryOpen) throw new InvalidOperationException("There is no row to decide on.");
        entryOpen = false;
        if (made > decision) decision = made;
    }

    private void AddTo(ColumnTotals?[] columns)
    {
        foreach (var column in plan.NumberColumns)
            if (row.Has(column)) (columns[column] ??= new ColumnTotals()).Add(row.Number(column));
    }

    /// <summary>Counts the file's row once, by the gravest decision on any of its canonical rows.</summary>
    private void Settle()
    {
        if (!rowOpen) return;
        switch (decision)
        {
            case Decision.Accepted: Totals.Accepted++; break;
            case Decision.Held: Totals.Held++; break;
            case Decision.Skipped: Skipped(skippedBecause); break;
            case Decision.Rejected when mayBeNote:
                if (notes.Count == MostNotes) RejectNotes();
                notes.Add(new(LeftOut("trailing-note", Problem.Show(Blanks.Trim(source.Field(0)), IsSecret(source.Header[0]))), [.. rowProblems], rejects?.Fields(source) ?? []));
                break;
            default:
                Totals.Rejected++;
                rejects?.Add(source, rowProblems);
                break;
        }
        rowOpen = mayBeNote = false;
        decision = Decision.None;
        partCount = nextPart = 0;
        rowProblems.Clear();
    }

    private void Gather()
    {
        Totals.Blank = source.Account.Blanks;
        Totals.RowsInFile = source.Account.Rows;
        for (var i = 0; i < File.Columns.Count; i++)
        {
            var name = File.Columns[i].Name;
            if (totals[i] is { } accepted) Totals.Columns[name] = accepted;
            if (heldTotals[i] is { } held) Totals.HeldColumns[name] = held;
            if (dates[i].Last > 0) Totals.Dates[name] = new DateRange(DateOnly.FromDayNumber((int)dates[i].First), DateOnly.FromDayNumber((int)dates[i].Last));
        }
    }
}
