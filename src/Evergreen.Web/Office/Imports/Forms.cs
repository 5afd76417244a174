using Evergreen.Application.Imports;
using Evergreen.Application.Patronage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Evergreen.Web.Office.Imports;

public sealed class UploadForm
{
    public ImportKind? Kind { get; set; }
    public string? Source { get; set; }
    public IFormFile? File { get; set; }

    [BindNever, ValidateNever]
    public IReadOnlyList<string> Sources { get; set; } = [];
}

public sealed class CodeLine
{
    public string Column { get; set; } = "";
    public string Theirs { get; set; } = "";
    public string? Ours { get; set; }
}

/// <summary>What is said of a file. The form of numbers is asked for only where the file is not of our own form.</summary>
public sealed class MapForm
{
    public int Version { get; set; }
    public string Profile { get; set; } = "";
    public string? Source { get; set; }
    public string? Sheet { get; set; }
    public string? Separator { get; set; }
    public FileEncoding Encoding { get; set; }
    public Dictionary<string, string?> Columns { get; set; } = [];
    public Dictionary<string, string?> Texts { get; set; } = [];
    public List<CodeLine> Codes { get; set; } = [];
    public DateOrder? DateOrder { get; set; }
    public string? Decimal { get; set; }
    public string? Thousands { get; set; }
    public string? Symbol { get; set; }
    public bool Parentheses { get; set; }
    public bool TrailingMinus { get; set; }
    public bool Reversed { get; set; }
    public string? TimeZone { get; set; }
    public string? ExpectTotal { get; set; }
    public bool CreateClasses { get; set; }

    [BindNever, ValidateNever]
    public MappingPage Page { get; set; } = null!;

    /// <summary>The form as it is first shown: with what was found in the file.</summary>
    public static MapForm Of(MappingPage page) => new()
    {
        Version = page.Version, Profile = page.Profile, Source = page.Source, Sheet = page.Sheets.Count > 0 ? page.Sheet : null, Separator = page.Separator?.ToString(), Encoding = page.Encoding,
        Columns = page.Fields.ToDictionary(field => field.Column, field => field.Header, StringComparer.Ordinal),
        Texts = page.Texts.ToDictionary(text => text.Name, text => text.Value, StringComparer.Ordinal),
        Codes = [.. page.Codes.SelectMany(table => table.Theirs.Select(code => new CodeLine { Column = table.Column, Theirs = code.Key, Ours = code.Value }))],
        DateOrder = page.DateOrder, Decimal = page.Numbers.Decimal.ToString(), Thousands = page.Numbers.Thousands?.ToString(), Symbol = page.Numbers.Symbol,
        Parentheses = page.Numbers.Parentheses, TrailingMinus = page.Numbers.TrailingMinus, Reversed = page.Numbers.Reversed, TimeZone = page.TimeZone,
        ExpectTotal = page.ExpectTotalCents is { } cents ? new Money(cents).ToString() : null, CreateClasses = page.CreateClasses, Page = page,
    };

    public ChooseMapping.Request Request(string coOp, int draft, string by, Money? expectTotal) => new(coOp, draft, Version, Profile, Columns.ToDictionary(column => column.Key, column => column.Value ?? "", StringComparer.Ordinal), by)
    {
        Source = Source, Sheet = Sheet, Separator = MapForm.SeparatorOf(Separator), Encoding = Encoding, DateOrder = DateOrder, TimeZone = TimeZone, ExpectTotal = expectTotal, CreateClasses = CreateClasses,
        Texts = Texts.Where(text => !string.IsNullOrWhiteSpace(text.Value)).ToDictionary(text => text.Key, text => text.Value!.Trim(), StringComparer.Ordinal),
        Codes = Codes.GroupBy(code => code.Column, StringComparer.Ordinal)
            .ToDictionary(table => table.Key, table => (IReadOnlyDictionary<string, string>)table.DistinctBy(code => code.Theirs, StringComparer.Ordinal).ToDictionary(code => code.Theirs, code => code.Ours ?? "", StringComparer.Ordinal), StringComparer.Ordinal),
        Numbers = Decimal is null ? null : new NumberForm(Decimal == "," ? ',' : '.', Thousands is { Length: 1 } sign ? sign[0] : null, string.IsNullOrEmpty(Symbol) ? null : Symbol, Parentheses, TrailingMinus, Reversed),
    };

    /// <summary>A separator as it is written in an address and a form: <c>tab</c> has a name because it cannot be seen.</summary>
    public static char? SeparatorOf(string? text) => text switch { "tab" or "\t" => '\t', { Length: 1 } sign => sign[0], _ => null };
}

public sealed class CommitForm
{
    public bool TakeGoodRows { get; set; }
    public string? Reason { get; set; }

    [BindNever, ValidateNever]
    public DraftPreview Preview { get; set; } = null!;
}

public sealed class UndoForm
{
    public string? Reason { get; set; }

    [BindNever, ValidateNever]
    public Evergreen.Application.PreviewWithdrawal.Result Preview { get; set; } = null!;
}

public sealed class ResolveForm
{
    public string Number { get; set; } = "";

    /// <summary><c>member</c> or <c>nobody</c>.</summary>
    public string? Whose { get; set; }
    public string? Member { get; set; }
    public long? Row { get; set; }
    public string? Reason { get; set; }

    [BindNever, ValidateNever]
    public HeldPage.Rows Held { get; set; } = null!;
}
