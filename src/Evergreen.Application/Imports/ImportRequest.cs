using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;

namespace Evergreen.Application.Imports;

/// <summary>One file to take in, and what the operator says about it. The same for every kind of file.</summary>
/// <param name="CoOp">Code of the co-op; null where there is only one.</param>
/// <param name="By">Who imports.</param>
public sealed record ImportRequest(string? CoOp, ImportFile File, string By)
{
    /// <summary>The till or system the file comes from: source ids are unique within it. Null names it after the profile, or <c>file</c> for a canonical file.</summary>
    public string? Source { get; init; }

    /// <summary>Null takes what was saved with the named source, or else the canonical form.</summary>
    public string? Profile { get; init; }

    /// <summary>What is left out here is taken from the last import of the named source. Saved with the source when the import is committed.</summary>
    public ReadingOptions Options { get; init; } = ReadingOptions.Default;

    /// <summary>The same work, reported in full, and nothing kept.</summary>
    public bool CheckOnly { get; init; }

    /// <summary>Commit the good rows although others are rejected. Otherwise one bad row keeps the whole file out.</summary>
    public bool TakeGoodRows { get; init; }

    /// <summary>Commit although the control totals look wrong beside those of the last import.</summary>
    public bool DespiteTotals { get; init; }

    /// <summary>What the file's amounts (for hours: its hours) must sum to, over all rows but the rejected ones: those held for an unknown member and those already imported count.</summary>
    public Money? ExpectTotal { get; init; }

    /// <summary>Create classes of members that the co-op does not have yet; otherwise they are errors.</summary>
    public bool CreateClasses { get; init; }

    /// <summary>Where the rejected rows go, with what is wrong with them. Written only where there are any.</summary>
    public string? RejectsPath { get; init; }

    /// <summary>Where every problem goes, one line of JSON each. Written only where there are any.</summary>
    public string? ProblemsPath { get; init; }

    public bool DryRun { get; init; }

    /// <summary>How those two files are opened for writing; null writes plain files.</summary>
    internal Func<string, Stream>? OpenPaper { get; init; }

    /// <summary>The options are the whole of what the operator says: nothing is taken from the last import of the source.</summary>
    internal bool OptionsAreWhole { get; init; }

    /// <summary>What else is written when the import is kept, in its transaction.</summary>
    internal Action<EvergreenDb, ImportBatch>? AndThen { get; init; }
}

/// <param name="Stage"><c>fingerprint</c>, <c>read</c> or <c>look again</c>.</param>
/// <param name="Done">Bytes of the file.</param>
public readonly record struct ImportProgress(string Stage, long Done, long Total);
