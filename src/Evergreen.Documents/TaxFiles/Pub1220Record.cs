using System.Globalization;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Documents.TaxFiles;

/// <summary>One payee of a Publication 1220 file (the layout from 2020 on). Amounts stand under their amount codes.</summary>
public sealed record Pub1220Payee
{
    public required int PaymentYear { get; init; }

    /// <summary>Blank, <c>G</c> (one-transaction correction) or <c>C</c> (second of two).</summary>
    public char Correction { get; init; } = ' ';
    public string NameControl { get; init; } = "";

    /// <summary><c>1</c> EIN, <c>2</c> SSN, or blank where unknown.</summary>
    public char TinType { get; init; } = ' ';

    /// <summary>Nine digits, or empty where unknown.</summary>
    public string Tin { get; init; } = "";
    public string AccountNumber { get; init; } = "";
    public string OfficeCode { get; init; } = "";

    /// <summary>By amount code: 1 to 9, A to H, J. Zero or more each.</summary>
    public IReadOnlyDictionary<char, Money> Amounts { get; init; } = new Dictionary<char, Money>();
    public bool IsForeign { get; init; }
    public required string Name { get; init; }
    public string SecondName { get; init; } = "";
    public required string Address { get; init; }
    public required string City { get; init; }
    public required string State { get; init; }
    public required string PostalCode { get; init; }
    public required long Sequence { get; init; }
    public bool IsSecondTinNotice { get; init; }
    public string SpecialEntries { get; init; } = "";
    public Money StateTaxWithheld { get; init; }
    public Money LocalTaxWithheld { get; init; }

    /// <summary>Two digits of the combined federal and state program, or empty.</summary>
    public string CombinedStateCode { get; init; } = "";
}

/// <summary>The 'B' record of Publication 1220 with the part of Form 1099-PATR.</summary>
/// <remarks>
/// A legacy layout: the system that took it closed at the end of 2026. Kept for checking and for states that still read it; never a filing of tax year 2026
/// or later.
/// </remarks>
public static class Pub1220Record
{
    public const int Length = 750;
    private const string AmountCodes = "123456789ABCDEFGHJ";

    /// <summary>750 ASCII characters, upper case, without a line end.</summary>
    /// <exception cref="ArgumentException">A text is longer than its field or outside ASCII, an amount is negative or too wide, or a code is unknown. Nothing is cut.</exception>
    public static string Payee(Pub1220Payee payee)
    {
        var record = new char[Length];
        Array.Fill(record, ' ');
        Put(1, 1, "B");
        Number(2, 5, payee.PaymentYear);
        Put(6, 6, payee.Correction.ToString());
        Put(7, 10, payee.NameControl);
        Put(11, 11, payee.TinType.ToString());
        if (payee.Tin.Length > 0 && (payee.Tin.Length != 9 || !payee.Tin.All(char.IsAsciiDigit))) throw new ArgumentException("A taxpayer number has nine digits.", nameof(payee));
        Put(12, 20, payee.Tin);
        Put(21, 40, payee.AccountNumber);
        Put(41, 44, payee.OfficeCode);
        foreach (var code in payee.Amounts.Keys)
            if (!AmountCodes.Contains(code, StringComparison.Ordinal)) throw new ArgumentException($"'{code}' is not an amount code; they are {AmountCodes}.", nameof(payee));
        for (var i = 0; i < AmountCodes.Length; i++) Number(55 + 12 * i, 66 + 12 * i, payee.Amounts.GetValueOrDefault(AmountCodes[i]).Cents);
        Put(287, 287, payee.IsForeign ? "1" : "");
        Put(288, 327, payee.Name);
        Put(328, 367, payee.SecondName);
        Put(368, 407, payee.Address);
        Put(448, 487, payee.City);
        Put(488, 489, payee.State);
        Put(490, 498, payee.PostalCode);
        Number(500, 507, payee.Sequence);
        Put(544, 544, payee.IsSecondTinNotice ? "2" : "");
        Put(663, 722, payee.SpecialEntries);
        Number(723, 734, payee.StateTaxWithheld.Cents);
        Number(735, 746, payee.LocalTaxWithheld.Cents);
        Put(747, 748, payee.CombinedStateCode);
        return new string(record);

        void Put(int from, int to, string text)
        {
            if (text.Length > to - from + 1) throw new ArgumentException($"'{text}' has {text.Length} characters; positions {from}-{to} hold {to - from + 1}.", nameof(payee));
            if (text.AsSpan().ContainsAnyExceptInRange(' ', '~')) throw new ArgumentException($"'{text}' holds a character outside ASCII; positions {from}-{to} cannot.", nameof(payee));
            text.ToUpperInvariant().CopyTo(record.AsSpan(from - 1));
        }

        void Number(int from, int to, long value)
        {
            if (value < 0) throw new ArgumentException($"{value} is negative; positions {from}-{to} hold no sign.", nameof(payee));
            Put(from, to, value.ToString(CultureInfo.InvariantCulture).PadLeft(to - from + 1, '0'));
        }
    }
}
