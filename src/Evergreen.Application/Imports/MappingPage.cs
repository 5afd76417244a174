using Evergreen.Domain.Imports;

namespace Evergreen.Application.Imports;

/// <summary>The page on which it is said which column of a file is which: what the file holds, and what we take it to be.</summary>
public sealed record MappingPage
{
    public required int Draft { get; init; }
    public required int Version { get; init; }
    public required ImportKind Kind { get; init; }
    public required string FileName { get; init; }
    public required string? Source { get; init; }

    /// <summary>The form of file that is proposed or was chosen, and those that this kind can have.</summary>
    public required string Profile { get; init; }
    public required IReadOnlyList<ProfileChoice> Profiles { get; init; }

    /// <summary>Sheets of a workbook; empty for text.</summary>
    public required IReadOnlyList<string> Sheets { get; init; }
    public required string? Sheet { get; init; }

    /// <summary>What was chosen; null and <see cref="FileEncoding.Auto"/> find it in the file.</summary>
    public required char? Separator { get; init; }
    public required FileEncoding Encoding { get; init; }

    /// <summary>Every column of the file.</summary>
    public required IReadOnlyList<FileColumn> Columns { get; init; }

    /// <summary>Every column of ours, in the order of the contract.</summary>
    public required IReadOnlyList<MappedField> Fields { get; init; }

    /// <summary>Dates and numbers have a form that the operator may have to name; not so in files of our own form.</summary>
    public required bool HasForms { get; init; }
    public required DateOrder? DateOrder { get; init; }

    /// <summary>Why the order of dates must be chosen; null where the file proves it, or it was chosen.</summary>
    public required string? DatesUnclear { get; init; }
    public required NumberForm Numbers { get; init; }
    public required string? TimeZone { get; init; }

    /// <summary>What the form of file asks for because the file does not hold it.</summary>
    public required IReadOnlyList<GivenText> Texts { get; init; }

    /// <summary>Codes of the source that must be translated into ours.</summary>
    public required IReadOnlyList<CodeTable> Codes { get; init; }
    public required bool CreateClasses { get; init; }
    public required long? ExpectTotalCents { get; init; }

    /// <summary>The import that brought the same bytes in before.</summary>
    public required int? AlreadyImported { get; init; }

    /// <summary>The mapping was remembered from an earlier import of the source.</summary>
    public required bool Remembered { get; init; }

    /// <summary>Columns that are needed and that nothing feeds yet.</summary>
    public IEnumerable<MappedField> Missing => Fields.Where(column => column.IsMissing);
}

public sealed record ProfileChoice(string Name, string Title);

/// <param name="Samples">Up to five different values; masked where the column may hold secrets.</param>
public sealed record FileColumn(string Header, IReadOnlyList<string> Samples);

/// <param name="Header">The file's column that feeds it; null where none does.</param>
/// <param name="Given">The form of file knows the value without a column.</param>
/// <param name="WhyNeeded">Why the file cannot be taken in without it; null where it can.</param>
public sealed record MappedField(string Column, string Label, string Hint, string? Header, bool Given, IReadOnlyList<string> Samples, string? WhyNeeded)
{
    public bool IsMissing => WhyNeeded is not null && Header is null && !Given;
}

/// <param name="Name">For machines, e.g. <c>paid-on</c>.</param>
public sealed record GivenText(string Name, string Meaning, string? Value);

/// <param name="Ours">The words that our column knows.</param>
/// <param name="Theirs">Each code of the file, with ours where it is known.</param>
public sealed record CodeTable(string Column, string Label, IReadOnlyList<string> Ours, IReadOnlyList<KeyValuePair<string, string?>> Theirs);
