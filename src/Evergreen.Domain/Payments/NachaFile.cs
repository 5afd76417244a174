using System.Globalization;
using System.Text;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Payments;

/// <summary>Who pays, as the bank knows the co-op.</summary>
/// <param name="BankRouting">Routing number of the co-op's bank.</param>
/// <param name="CompanyId">Up to ten characters, often 1 and the EIN.</param>
public sealed record NachaOriginator(string BankRouting, string BankName, string CompanyId, string CompanyName)
{
    public const int LongestName = 23, LongestId = 10;
}

/// <summary>One credit.</summary>
/// <param name="Routing">Nine digits.</param>
/// <param name="Account">Up to seventeen letters and digits.</param>
/// <param name="Id">By what the payer knows the payee; the fifteen first characters are told.</param>
/// <param name="IsOrganisation">An account of a company may not stand among those of persons.</param>
public sealed record NachaCredit(string Routing, string Account, bool IsSavings, Money Amount, string Id, string Name, bool IsOrganisation);

/// <summary>When and as which file of the day it is made.</summary>
/// <param name="MadeAt">UTC.</param>
/// <param name="EffectiveOn">The day on which the payees are to have the money.</param>
/// <param name="Modifier">A to Z, 0 to 9.</param>
public readonly record struct NachaMoment(DateTime MadeAt, DateOnly EffectiveOn, char Modifier);

/// <summary>An ACH file of credits: a batch for persons (PPD) and one for organisations (CCD), each where there are such.</summary>
/// <remarks>Positions as in the file structure of github.com/moov-io/ach. Capitals and printable ASCII only; text to the left, figures to the right.</remarks>
public static class NachaFile
{
    /// <summary>The most that an entry's ten digits can say, in cents.</summary>
    public const long LargestCents = 9_999_999_999;

    /// <summary>The most that a batch's twelve digits can say, in cents.</summary>
    public const long LargestTotalCents = 999_999_999_999;

    private const int Width = NachaTotals.LineLength, Credits = 220;
    private static readonly string Padding = new('9', Width);

    /// <summary>The hash of a file over these banks.</summary>
    /// <param name="banks">The first eight digits of each routing number.</param>
    public static long HashOf(IEnumerable<string> banks) => banks.Aggregate(0L, (hash, bank) => NachaTotals.AddToHash(hash, long.Parse(bank, NumberStyles.None, CultureInfo.InvariantCulture)));

    /// <summary>The lines of the file, without their ends; a multiple of ten.</summary>
    /// <param name="description">Ten characters that the payees see, such as PATRONAGE.</param>
    /// <exception cref="ArgumentException">There is no credit, or one that the format cannot say.</exception>
    public static IReadOnlyList<string> Lines(NachaOriginator from, IReadOnlyList<NachaCredit> credits, string description, NachaMoment moment)
    {
        if (credits.Count == 0) throw new ArgumentException("A file without credits is none.", nameof(credits));
        if (!RoutingNumber.IsValid(from.BankRouting)) throw new ArgumentException($"'{from.BankRouting}' is not a routing number.", nameof(from));
        var lines = new List<string> { Header(from, moment) };
        var (batches, sequence) = (0, 0);
        var file = new Sums(0, 0, 0);
        foreach (var batch in credits.GroupBy(credit => credit.IsOrganisation).OrderBy(batch => batch.Key))
        {
            batches++;
            lines.Add(BatchHeader(from, batch.Key ? "CCD" : "PPD", description, moment.EffectiveOn, batches));
            var sums = new Sums(0, 0, 0);
            foreach (var credit in batch)
            {
                lines.Add(Entry(from, credit, ++sequence));
                sums += new Sums(1, long.Parse(credit.Routing.AsSpan(0, 8), NumberStyles.None, CultureInfo.InvariantCulture), credit.Amount.Cents);
            }
            lines.Add(BatchControl(from, sums, batches));
            file += sums;
        }
        lines.Add(Whole($"9{batches:000000}{NachaTotals.BlocksOf(lines.Count + 1):000000}{file.Entries:00000000}{file.Hash:0000000000}{0:000000000000}{file.Cents:000000000000}{"",39}"));
        while (lines.Count % 10 != 0) lines.Add(Padding);
        return lines;
    }

    /// <summary>The bytes of the file: lines in ASCII, each with its line feed.</summary>
    public static byte[] Bytes(IReadOnlyList<string> lines) => Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    private static string Header(NachaOriginator from, NachaMoment moment) =>
        Whole($"101 {from.BankRouting}{BankText.Plain(from.CompanyId),10}{moment.MadeAt:yyMMddHHmm}{moment.Modifier}094101{BankText.Fit(from.BankName, 23)}{BankText.Fit(from.CompanyName, 23)}{"",8}");

    private static string BatchHeader(NachaOriginator from, string kind, string description, DateOnly effectiveOn, int number) =>
        Whole($"5{Credits}{BankText.Fit(from.CompanyName, 16)}{"",20}{BankText.Fit(from.CompanyId, 10)}{kind}{BankText.Fit(description, 10)}{effectiveOn:yyMMdd}{effectiveOn:yyMMdd}{"",3}1{from.BankRouting[..8]}{number:0000000}");

    private static string Entry(NachaOriginator from, NachaCredit credit, int sequence)
    {
        if (!RoutingNumber.IsValid(credit.Routing)) throw new ArgumentException($"'{credit.Routing}' is not a routing number.", nameof(credit));
        if (credit.Amount.Cents is <= 0 or > LargestCents) throw new ArgumentException($"An entry of {credit.Amount} cannot be said.", nameof(credit));
        var name = BankText.Plain(credit.Name);
        // A name in letters that no table knows still has to be one.
        return Whole($"6{(credit.IsSavings ? 32 : 22)}{credit.Routing}{BankText.Left(credit.Account, 17)}{credit.Amount.Cents:0000000000}{BankText.Fit(credit.Id, 15)}{BankText.Left(name.Length > 0 ? name : $"MEMBER {BankText.Plain(credit.Id)}", 22)}{"",2}0{from.BankRouting[..8]}{sequence:0000000}");
    }

    private static string BatchControl(NachaOriginator from, Sums sums, int number) =>
        Whole($"8{Credits}{sums.Entries:000000}{sums.Hash:0000000000}{0:000000000000}{sums.Cents:000000000000}{BankText.Fit(from.CompanyId, 10)}{"",19}{"",6}{from.BankRouting[..8]}{number:0000000}");

    private static string Whole(FormattableString line)
    {
        var text = line.ToString(CultureInfo.InvariantCulture);
        return text.Length == Width ? text : throw new ArgumentException($"A record of {text.Length} characters: {text[..1]}.", nameof(line));
    }

    private readonly record struct Sums(long Entries, long Hash, long Cents)
    {
        public static Sums operator +(Sums a, Sums b) => new(a.Entries + b.Entries, NachaTotals.AddToHash(a.Hash, b.Hash), checked(a.Cents + b.Cents));
    }
}
