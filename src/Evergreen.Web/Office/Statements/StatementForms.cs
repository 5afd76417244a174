using Evergreen.Application.Statements;

namespace Evergreen.Web.Office.Statements;

/// <summary>What to issue or print on.</summary>
public sealed class PaperForm
{
    public PaperKind Paper { get; set; } = PaperKind.Letter;

    /// <summary>Each statement begins on a leaf of its own.</summary>
    public bool TwoSided { get; set; }
}

/// <summary>A run's statements as the page shows them.</summary>
public sealed record BatchView(StatementBatchPage.Result Page, PaperForm Paper, StatementBatchPage.Shown Shown, string? Number, int? Zip, int? ForPrinting);
