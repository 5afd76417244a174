using System.Globalization;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Evergreen.Domain.Tax;

namespace Evergreen.Application.Statements;

/// <summary>A text that stands in the file in other letters, or shorter, than the books have it.</summary>
/// <param name="Who">The member's number, or the co-op's name.</param>
public sealed record TaxFileChange(string Who, string Field, string Kept, string Written);

/// <summary>One row of the file: a released form in full.</summary>
internal sealed record TaxFileForm(string Record, PatronageBoxes Boxes, IReadOnlyDictionary<IrisField, string> Values)
{
    /// <summary>Fields that the file may go without where the template has no column for them.</summary>
    private static readonly HashSet<IrisField> Spared =
        [IrisField.FormType, IrisField.PayerTinType, IrisField.PayerNameType, IrisField.PayerEmail, IrisField.RecipientTinType, IrisField.RecipientNameType, IrisField.SecondTinNotice, IrisField.Box13];

    /// <param name="several">Whether the recipient has another form, which the account number tells apart.</param>
    public bool NeedsColumn(IrisField field, bool several) => field switch
    {
        IrisField.PayerCountry or IrisField.RecipientCountry => Values[field] != TaxFileForms.Here,
        IrisField.AccountNumber => several,
        _ => !Spared.Contains(field),
    };
}

/// <summary>Puts the forms of a year together as they are filed, and collects what stands in the way. Nothing is guessed: what is missing is named.</summary>
internal sealed class TaxFileForms
{
    public const string Here = "US";
    private const int NameLine = 40, PartOfName = 20, AddressLine = 35, CityLine = 22, AccountLine = 20;

    private readonly Dictionary<IrisField, string> payer = [];

    public TaxFileForms(CoOp coOp, int year, string payerTaxId)
    {
        payer[IrisField.FormType] = "1099-PATR";
        payer[IrisField.TaxYear] = year.ToString(CultureInfo.InvariantCulture);
        payer[IrisField.PayerTinType] = "EIN";
        payer[IrisField.PayerTin] = BankNumber.Plain(payerTaxId);
        payer[IrisField.PayerNameType] = "B";
        payer[IrisField.PayerCountry] = Here;
        payer[IrisField.SecondTinNotice] = payer[IrisField.Box13] = "N";
        Lines(payer, coOp.Name, "name", coOp.Name, IrisField.PayerName1, IrisField.PayerName2, NameLine);
        Payer(coOp);
    }

    public List<TaxFileChange> Changes { get; } = [];

    /// <summary>What keeps forms from being filed, each beginning with whose it is.</summary>
    public List<string> Obstacles { get; } = [];

    /// <summary>What is wrong with the co-op's own address, and with its telephone number.</summary>
    public bool LacksTown { get; private set; }

    public bool LacksPhone { get; private set; }

    /// <param name="record">Number of the record that the form was released for; it stands as the account number.</param>
    /// <param name="taxId">In full; null where none is known.</param>
    public TaxFileForm Form(string record, PatronageBoxes boxes, Member member, string? taxId)
    {
        var values = new Dictionary<IrisField, string>(payer);
        if (boxes.Dividends.IsNegative || boxes.Redeemed.IsNegative || boxes.Withheld >= boxes.Reportable) Obstacles.Add($"{record}: {boxes.Dividends} in box 1, {boxes.Withheld} in box 4 and {boxes.Redeemed} in box 5 are no amounts that can be filed");
        foreach (var (field, amount) in new[] { (IrisField.Box1, boxes.Dividends), (IrisField.Box4, boxes.Withheld), (IrisField.Box5, boxes.Redeemed) })
            if (!amount.IsZero) values[field] = $"{amount}";
        Number(values, member, taxId);
        Name(values, member);
        Address(values, member);
        if (record.Length > AccountLine || !record.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or ' ') || record[0] == '-') Put(values, record, "member number", record, IrisField.AccountNumber, AccountLine);
        else values[IrisField.AccountNumber] = record;
        return new TaxFileForm(record, boxes, values);
    }

    private void Payer(CoOp coOp)
    {
        var lines = coOp.Address.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        if (lines.Count > 1 && UsPlace.IsHere(lines[^1])) lines.RemoveAt(lines.Count - 1);
        if (lines.Count < 2 || !UsPlace.TryTown(lines[^1], out var town)) LacksTown = true;
        else
        {
            Put(payer, coOp.Name, "address", lines[0], IrisField.PayerAddress1, AddressLine);
            Put(payer, coOp.Name, "address", string.Join(' ', lines[1..^1]), IrisField.PayerAddress2, AddressLine);
            Put(payer, coOp.Name, "city", town.City, IrisField.PayerCity, CityLine);
            (payer[IrisField.PayerState], payer[IrisField.PayerZip]) = (town.State, town.Zip);
        }
        if (UsPlace.Phone(coOp.ContactPhone) is { } phone) payer[IrisField.PayerPhone] = phone;
        else LacksPhone = true;
        if (coOp.ContactEmail.Length > 0 && char.IsAsciiLetterOrDigit(coOp.ContactEmail[0]) && coOp.ContactEmail.All(sign => sign is > ' ' and <= '~')) payer[IrisField.PayerEmail] = coOp.ContactEmail;
    }

    private void Number(Dictionary<IrisField, string> values, Member member, string? taxId)
    {
        if (taxId is null) return;
        var digits = BankNumber.Plain(taxId);
        if (member.TaxIdType is null) Obstacles.Add($"{member.Number}: whether the tax number is an SSN, an ITIN or an EIN is not recorded");
        else if (!BankNumber.IsTaxId(digits) || digits.Distinct().Count() == 1) Obstacles.Add($"{member.Number}: the tax number is none");
        else (values[IrisField.RecipientTinType], values[IrisField.RecipientTin]) = (member.TaxIdType, digits);
    }

    private void Name(Dictionary<IrisField, string> values, Member member)
    {
        values[IrisField.RecipientNameType] = member.Kind == MemberKind.Organisation ? "B" : "I";
        if (member.Kind == MemberKind.Organisation)
        {
            Lines(values, member.Number, "name", member.OrganisationName ?? member.Name, IrisField.RecipientName1, IrisField.RecipientName2, NameLine);
            return;
        }
        var (given, family) = (member.GivenName, member.FamilyName);
        if (family is null && member.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words)
        {
            // The last word is taken for the surname, and whoever files is told so.
            (given, family) = (string.Join(' ', words[..^1]), words[^1]);
            Changes.Add(new(member.Number, "surname, the last word", member.Name, family));
        }
        Lines(values, member.Number, "given names", given ?? "", IrisField.RecipientFirst, IrisField.RecipientMiddle, PartOfName, required: false);
        Put(values, member.Number, "surname", family ?? "", IrisField.RecipientLast, PartOfName, required: true);
    }

    private void Address(Dictionary<IrisField, string> values, Member member)
    {
        var country = member.Country ?? Here;
        values[IrisField.RecipientCountry] = country;
        Put(values, member.Number, "address", member.AddressLine1 ?? "", IrisField.RecipientAddress1, AddressLine, required: true);
        Put(values, member.Number, "address", member.AddressLine2 ?? "", IrisField.RecipientAddress2, AddressLine);
        Put(values, member.Number, "city", member.City ?? "", IrisField.RecipientCity, CityLine, required: true);
        if (country != Here)
        {
            Put(values, member.Number, "region", member.Region ?? "", IrisField.RecipientState, PartOfName);
            Put(values, member.Number, "postal code", member.PostalCode ?? "", IrisField.RecipientZip, PartOfName);
            return;
        }
        if (UsPlace.State(member.Region) is { } state) values[IrisField.RecipientState] = state;
        else Obstacles.Add($"{member.Number}: {(string.IsNullOrWhiteSpace(member.Region) ? "no state" : $"“{member.Region}” is no state")}");
        if (UsPlace.Zip(member.PostalCode) is { } zip) values[IrisField.RecipientZip] = zip;
        else Obstacles.Add($"{member.Number}: {(string.IsNullOrWhiteSpace(member.PostalCode) ? "no ZIP code" : $"“{member.PostalCode}” is no ZIP code")}");
    }

    private void Put(Dictionary<IrisField, string> values, string who, string what, string text, IrisField field, int width, bool required = false)
    {
        var written = Clean(who, what, text, required);
        var cut = written.Text.Length > width ? written.Text[..width].TrimEnd() : written.Text;
        if (cut.Length > 0) values[field] = cut;
        if (written.IsChanged || cut != written.Text) Changes.Add(new(who, what, text, cut));
    }

    /// <summary>Over two fields, where one is too short.</summary>
    private void Lines(Dictionary<IrisField, string> values, string who, string what, string text, IrisField one, IrisField two, int width, bool required = true)
    {
        var written = Clean(who, what, text, required);
        var (first, rest) = IrisText.Part(written.Text, width);
        var second = rest.Length > width ? rest[..width].TrimEnd() : rest;
        if (first.Length > 0) values[one] = first;
        if (second.Length > 0) values[two] = second;
        if (written.IsChanged || second != rest) Changes.Add(new(who, what, text, $"{first} {second}".TrimEnd()));
    }

    private IrisText.Written Clean(string who, string what, string text, bool required)
    {
        var written = IrisText.Of(text);
        if (written.Unwritable.Count > 0) Obstacles.Add($"{who}: the {what} has letters that cannot be filed: {string.Join(' ', written.Unwritable.Distinct())}");
        else if (required && written.Text.Length == 0) Obstacles.Add($"{who}: no {what}");
        return written;
    }
}
