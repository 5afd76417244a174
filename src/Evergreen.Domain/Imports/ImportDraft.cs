namespace Evergreen.Domain.Imports;

/// <summary>A file that was handed over to be looked at. It waits in a folder of our own, sealed, and is never given back as it came.</summary>
public sealed class UploadedFile
{
    /// <summary>32 random hexadecimal digits; the name of its place in the folder.</summary>
    public required string Id { get; init; }
    public required int CoOpId { get; init; }

    /// <summary>As the sender named it, without folders or invisible characters. Shown, never used as a path.</summary>
    public required string FileName { get; init; }
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the file's bytes, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }
    public required bool IsWorkbook { get; init; }
    public required DateTime ReceivedAt { get; init; }
    public required string ReceivedBy { get; init; }

    /// <summary>When the file itself was thrown away; what is written here stays.</summary>
    public DateTime? RemovedAt { get; set; }
}

/// <summary>How far a file has come on its way into the books.</summary>
public enum DraftState
{
    Uploaded = 1,
    Mapped = 2,
    Checked = 3,
    Committed = 4,
    Dropped = 5,
}

/// <summary>An import in the making: the file, what was chosen for it, and how far it has come. Nothing of it is in the books before it is committed.</summary>
public sealed class ImportDraft
{
    public int Id { get; init; }
    public required int CoOpId { get; init; }
    public required string UploadId { get; init; }
    public required ImportKind Kind { get; init; }

    /// <summary>The till or system that the file comes from; null names it after the form of the file.</summary>
    public string? Source { get; set; }

    /// <summary>The form of the file, and how it is read; null until a mapping was chosen.</summary>
    public string? Profile { get; set; }
    public string? OptionsJson { get; set; }

    /// <summary>What the amounts (for hours: the hours, in hundredths) must sum to.</summary>
    public long? ExpectTotalCents { get; set; }

    /// <summary>Classes of members that the co-op does not have yet come into being.</summary>
    public bool CreateClasses { get; set; }
    public required DraftState State { get; set; }
    public required DateTime CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTime? CheckedAt { get; set; }
    public string? CheckedBy { get; set; }

    /// <summary>The import that came of it.</summary>
    public int? ImportNumber { get; set; }
    public DateTime? EndedAt { get; set; }
    public string? EndedBy { get; set; }

    /// <summary>Raised by every change, so that two people at one draft do not undo each other's choices.</summary>
    public int Version { get; set; }

    public bool IsOpen => State is DraftState.Uploaded or DraftState.Mapped or DraftState.Checked;
}
