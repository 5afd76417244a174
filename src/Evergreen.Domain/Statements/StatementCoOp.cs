using Evergreen.Domain.Languages;

namespace Evergreen.Domain.Statements;

/// <summary>Whose wording a statement carries: the tax sentences of the United States, or those of a United Kingdom society.</summary>
public enum StatementCountry { UnitedStates, UnitedKingdom }

/// <summary>The co-op as its statements show it: who issues, in which colours, and whom to ask.</summary>
public sealed record StatementCoOp
{
    public required string Name { get; init; }
    public required IReadOnlyList<string> AddressLines { get; init; }
    public required StatementCountry Country { get; init; }

    /// <summary>ISO 4217, three capitals, e.g. <c>USD</c>.</summary>
    public required string Currency { get; init; }

    /// <summary>The person or office that answers questions about this statement.</summary>
    public required string ContactName { get; init; }
    public string? ContactEmail { get; init; }
    public string? ContactPhone { get; init; }

    /// <summary>Six hexadecimal digits after a hash, e.g. <c>#1F6B4E</c>. A colour too pale for text is darkened where it carries text.</summary>
    public string BrandColour { get; init; } = "#1F4E3D";

    /// <summary>A PNG or JPEG picture, or an SVG drawing made of filled shapes; null to print the name instead.</summary>
    public ReadOnlyMemory<byte>? Logo { get; init; }

    /// <summary>English as it is written where the co-op is.</summary>
    public Language English => Language.Of("en", Country == StatementCountry.UnitedKingdom ? "GB" : "US");
}
