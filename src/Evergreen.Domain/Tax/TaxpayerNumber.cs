namespace Evergreen.Domain.Tax;

/// <summary>How taxpayer numbers stand on the recipient's copy of a form.</summary>
public static class TaxpayerNumber
{
    /// <summary>A recipient's number with all but its last four digits hidden.</summary>
    /// <param name="type"><c>SSN</c>, <c>ITIN</c> or <c>EIN</c>; null is read as an SSN.</param>
    /// <returns>Null where no number is known.</returns>
    /// <remarks>26 CFR 301.6109-4: the recipient's copy may be truncated, what is filed may not, and neither may the payer's number.</remarks>
    public static string? Truncated(string? type, string? lastFour) =>
        string.IsNullOrEmpty(lastFour) ? null : type == "EIN" ? $"XX-XXX{lastFour}" : $"XXX-XX-{lastFour}";

    /// <summary>A co-op's employer identification number as it is written: <c>12-3456789</c>.</summary>
    /// <returns>Null where what was typed has not nine digits.</returns>
    public static string? Employer(string? typed)
    {
        var digits = string.Concat((typed ?? "").Where(sign => sign is not ('-' or ' ')));
        return digits.Length == 9 && digits.All(char.IsAsciiDigit) ? $"{digits[..2]}-{digits[2..]}" : null;
    }
}
