using Evergreen.Domain.Members;

namespace Evergreen.Web.Office.Members;

public sealed class StatusForm
{
    public MemberStatus? Status { get; set; }
    public DateOnly? On { get; set; }
    public string? Reason { get; set; }
}

public sealed class ClassForm
{
    public string? Class { get; set; }
    public string Enters { get; set; } = "enters";
    public DateOnly? On { get; set; }
}

public sealed class ConsentForm
{
    public ConsentKind? Kind { get; set; }
    public string Ends { get; set; } = "given";
    public DateOnly? On { get; set; }
    public string? Bylaw { get; set; }
}

public sealed class HouseholdForm
{
    public string? Owner { get; set; }
    public DateOnly? On { get; set; }
}

public sealed class BankForm
{
    public int? Version { get; set; }
    public string? Scheme { get; set; }
    public string? Routing { get; set; }
    public string? Account { get; set; }
    public string? AccountType { get; set; }
}

public sealed class TaxIdForm
{
    public int? Version { get; set; }
    public string? Type { get; set; }
    public string? Number { get; set; }
}

public sealed class RevealForm
{
    public string? Reason { get; set; }
}

public sealed class NoteForm
{
    public string? Text { get; set; }
}

public sealed class DocumentForm
{
    public IFormFile? File { get; set; }
}

public sealed class DecideForm
{
    public string? Class { get; set; }
    public string? Number { get; set; }
    public DateOnly? JoinedOn { get; set; }
    public string? Reason { get; set; }
}

public sealed class MergeForm
{
    public string? Kept { get; set; }
    public string? Other { get; set; }
    public string? Reason { get; set; }
}
