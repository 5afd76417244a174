using System.Text;
using Evergreen.Documents.Statements;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Languages;
using Evergreen.Domain.Statements;

namespace Evergreen.Application.Tests.Statements;

/// <summary>Statements with figures worked out by hand, to be drawn and read again.</summary>
internal static class SampleStatements
{
    private const string WillowLogo = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="20" fill="#0F5257"/><path fill="#FFFFFF" d="M20 6C12 14 10 20 12 29c1 3 4 5 8 5s7-2 8-5c2-9 0-15-8-23zm-1 24v-8l-5-4 1-1 4 3v-8h2v5l4-3 1 1-5 5v10z"/></svg>
        """;

    private static readonly Language British = Language.Of("en", "GB");

    public static StatementCoOp Laundry { get; } = new()
    {
        Name = "Willow Street Laundry Cooperative",
        AddressLines = ["1840 Willow Street", "Cleveland, OH 44103"],
        Country = StatementCountry.UnitedStates,
        Currency = "USD",
        ContactName = "Dana Whitfield, bookkeeper",
        ContactPhone = "(216) 555-0142",
        ContactEmail = "books@willowlaundry.example",
        BrandColour = "#0F5257",
    };

    public static StatementCoOp LaundryWithLogo { get; } = Laundry with { Logo = Encoding.UTF8.GetBytes(WillowLogo) };

    /// <summary>Net 118,750.00 of work; less 91/475 for others' work, 96,000.00; half of that to members: 48,000.00 over 36,412.25 hours.</summary>
    /// <remarks>By hand: 182,050 / 3,641,225 = 7,282 / 145,649; × 48,000 = 2,399.85169826… → 2,399.85. Cash 20 %, rounded up: 479.97; kept 1,919.88.</remarks>
    public static MemberStatement Worker { get; } = new()
    {
        DocumentNumber = "2025-0147",
        IssuedOn = new DateOnly(2026, 3, 31),
        YearStartsOn = new DateOnly(2025, 1, 1),
        YearEndsOn = new DateOnly(2025, 12, 31),
        CoOp = LaundryWithLogo,
        Member = new StatementMember("1042", "Rosalind Okafor", ["2217 East 83rd Street, Apt. 4", "Cleveland, OH 44103"]),
        Earnings =
        [
            new("Net income before tax", Money.Parse("120000.00")),
            new("Interest earned at the bank", Money.Parse("-1250.00"), Basis: "not from members\u2019 work"),
            new("Net from members\u2019 and others\u2019 work", Money.Parse("118750.00"), IsTotal: true),
            new("Others\u2019 work", Money.Parse("-22750.00"), Basis: "91/475 of the net, by hours"),
            new("Kept in the collective reserve", Money.Parse("-48000.00"), Basis: "50% of the rest"),
            new("Shared among members", Money.Parse("48000.00"), IsTotal: true),
        ],
        Pools =
        [
            new("Members\u2019 hours", Money.Parse("48000.00"), "hours", "1,820.50", "36,412.25", new Ratio(182050, 3641225),
                "Rounded down to the cent; leftover cents went to the largest remainders.", Money.Parse("2399.85")),
        ],
        Settlement = new DividendSettlement
        {
            Dividend = Money.Parse("2399.85"),
            Cash = Money.Parse("479.97"),
            Payable = Money.Parse("479.97"),
            Qualified = Money.Parse("1919.88"),
            HowPaid = "The cash is paid by direct deposit to your account ending 6021 on April 10, 2026.",
        },
        Account =
        [
            new(StakeKind.MembershipShare, null, Money.Parse("3000.00"), Money.Zero, Money.Zero, Money.Zero, Money.Parse("3000.00")),
            new(StakeKind.QualifiedNotice, 2022, Money.Parse("1104.20"), Money.Zero, Money.Zero, Money.Parse("1104.20"), Money.Zero),
            new(StakeKind.QualifiedNotice, 2023, Money.Parse("1530.75"), Money.Zero, Money.Parse("212.40"), Money.Zero, Money.Parse("1318.35")),
            new(StakeKind.QualifiedNotice, 2024, Money.Parse("1688.02"), Money.Zero, Money.Zero, Money.Zero, Money.Parse("1688.02")),
            new(StakeKind.QualifiedNotice, 2025, Money.Zero, Money.Parse("1919.88"), Money.Zero, Money.Zero, Money.Parse("1919.88")),
        ],
        StakeOverTheYears =
        [
            new(2021, Money.Parse("1450.00"), Money.Zero),
            new(2022, Money.Parse("2300.00"), Money.Parse("1104.20")),
            new(2023, Money.Parse("3000.00"), Money.Parse("2634.95")),
            new(2024, Money.Parse("3000.00"), Money.Parse("4322.97")),
            new(2025, Money.Parse("3000.00"), Money.Parse("4926.25")),
        ],
        Redemption = "Notices are paid back oldest first, three years after they are issued, except as otherwise determined by the Board. When you leave, the rest is paid within three years.",
        Notice = [NoticeWording.Qualified(Laundry.English, "$1,919.88", "$479.97", ConsentGround.Bylaw)],
    };

    /// <summary>The worker again, with an account of so many notices that it needs another sheet.</summary>
    public static MemberStatement WithManyLots(int lots)
    {
        var older = Enumerable.Range(0, lots)
            .Select(i => new AccountLot(i % 3 == 2 ? StakeKind.NonqualifiedNotice : StakeKind.QualifiedNotice, 2024 - i, Money.Parse("100.00"), Money.Zero, Money.Zero, Money.Zero, Money.Parse("100.00")))
            .Reverse();
        AccountLot[] account = [Worker.Account[0], .. older, Worker.Account[^1]];
        return Worker with { Account = account, StakeOverTheYears = Worker.StakeOverTheYears.Take(4).ToList() };
    }

    /// <summary>A shopper whose 0.87 lies below the smallest payment. By hand: 41.20 of 1,894,220.37 → × 40,000.00 = 0.87001492…</summary>
    public static MemberStatement Tiny { get; } = new()
    {
        DocumentNumber = "2025-9",
        IssuedOn = new DateOnly(2026, 3, 31),
        YearStartsOn = new DateOnly(2025, 1, 1),
        YearEndsOn = new DateOnly(2025, 12, 31),
        CoOp = Laundry with { Name = "Harvest Row Grocery", BrandColour = "#D97B16", AddressLines = ["12 Harvest Row", "Duluth, MN 55802"] },
        Member = new StatementMember("9", "Li Ng", []),
        Earnings = [new("Net from members\u2019 purchases", Money.Parse("40000.00")), new("Shared among members", Money.Parse("40000.00"), IsTotal: true)],
        Pools = [new("Purchases", Money.Parse("40000.00"), "dollars of purchases", "41.20", "1,894,220.37", new Ratio(4120, 189422037), "Rounded down to the cent.", Money.Parse("0.87"))],
        Settlement = new DividendSettlement
        {
            Dividend = Money.Parse("0.87"), Cash = Money.Parse("0.87"), NotSent = Money.Parse("0.87"), Payable = Money.Zero,
            BelowMinimum = "Payments below $2.00 are not sent: your $0.87 is held for you and added to your next payment.",
        },
        Account = [new(StakeKind.MembershipShare, null, Money.Parse("75.00"), Money.Zero, Money.Zero, Money.Zero, Money.Parse("75.00"))],
        Redemption = "Your share is paid back when you leave.",
        Notice = [NoticeWording.CashOnly(Laundry.English, "$0.87")],
    };

    /// <summary>A United Kingdom society. By hand: 2,148.60 of 912,340.15 → × 30,000.00 = 70.65128066… → 70.65; half to shares.</summary>
    public static MemberStatement Society { get; } = new()
    {
        DocumentNumber = "D/2026/00412",
        IssuedOn = new DateOnly(2026, 9, 14),
        YearStartsOn = new DateOnly(2025, 7, 1),
        YearEndsOn = new DateOnly(2026, 6, 30),
        CoOp = new StatementCoOp
        {
            Name = "Calder Vale Food Co-operative Limited",
            AddressLines = ["Old Mill, Crown Street", "Hebden Bridge HX7 8EH", "Registered society 8412R"],
            Country = StatementCountry.UnitedKingdom,
            Currency = "GBP",
            ContactName = "The Secretary",
            ContactPhone = "01422 496 0183",
            ContactEmail = "secretary@caldervale.example",
            BrandColour = "#5B2A86",
        },
        Member = new StatementMember("00412", "Siobh\u00E1n \u00D3 Faol\u00E1in-Wojciechowska", ["3 Bridge Gate", "Hebden Bridge", "HX7 8EX"]),
        Earnings =
        [
            new("Surplus for the year", Money.Parse("52400.00")),
            new("To the general reserve", Money.Parse("-22400.00")),
            new("Shared as divi", Money.Parse("30000.00"), IsTotal: true),
        ],
        Pools =
        [
            new("Purchases", Money.Parse("30000.00"), "pounds of purchases", "2,148.60", "912,340.15", new Ratio(214860, 91234015),
                "Rounded to the nearest penny.", Money.Parse("70.65")),
        ],
        Settlement = new DividendSettlement
        {
            Dividend = Money.Parse("70.65"), Cash = Money.Parse("35.33"), Payable = Money.Parse("35.33"), AddedToShares = Money.Parse("35.32"),
            HowPaid = "Paid to your bank account on 28 September 2026.",
        },
        Account =
        [
            new(StakeKind.PreferredShare, null, Money.Parse("250.00"), Money.Parse("35.32"), Money.Zero, Money.Zero, Money.Parse("285.32")),
            new(StakeKind.Interest, null, Money.Zero, Money.Parse("5.00"), Money.Zero, Money.Parse("5.00"), Money.Zero),
        ],
        StakeOverTheYears = [new(2024, Money.Parse("250.00"), Money.Zero), new(2025, Money.Parse("250.00"), Money.Zero), new(2026, Money.Parse("250.00"), Money.Parse("35.32"))],
        Redemption = "Shares can be withdrawn with three months\u2019 notice, at the discretion of the board.",
        Notice = [NoticeWording.Divi(British, "\u00A370.65"), NoticeWording.ShareInterest(British, "\u00A35.00")],
    };

    public static MemberStatement Corrected { get; } = Worker with
    {
        DocumentNumber = "2025-0147-C1",
        Standing = StatementStanding.Corrected,
        StandingReason = "This statement replaces statement 2025-0147 of March 31, 2026: eight hours worked in December had been left out.",
    };

    public static MemberStatement Named(string name, params string[] address) => Worker with { Member = new StatementMember("1042", name, address) };

    /// <summary>Names in the scripts that members write them in, composed where a composed letter exists.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "Rosalind Okafor", "Jos\u00E9 N\u00FA\u00F1ez", "Nguy\u1EC5n Th\u1ECB \u0110\u1EB7ng H\u01B0\u1EDDng", "\u0141ukasz \u017B\u00F3\u0142\u0107", "\u0218tefan \u021Auc\u0103",
        "J\u00F3n \u00DE\u00F3r \u00C6gisson", "\u0130brahim \u011Ea\u015F\u0131", "\u1E0A\u1E41nal\u1E6F", "Kahum\u0101k\u016B \u02BBOhana", "\u0186y\u025B N\u0254ak\u028B", "\u01A9\u0290\u01F4\u021D",
        "\u0393\u03B9\u03CE\u03C1\u03B3\u03BF\u03C2 \u03A0\u03B1\u03C0\u03B1\u03B4\u03CC\u03C0\u03BF\u03C5\u03BB\u03BF\u03C2", "\u1F08\u03BB\u03AD\u03BE\u03B1\u03BD\u03B4\u03C1\u03BF\u03C2 \u1F4D\u03BC\u03B7\u03C1\u03BF\u03C2 \u1FB3\u1F04\u1F87",
        "\u042E\u043B\u0456\u044F \u041A\u043E\u0432\u0430\u043B\u044C\u0447\u0443\u043A", "\u0402\u043E\u0440\u0452\u0435 \u0409\u0443\u0431\u0438\u045B", "\u049A\u0430\u0439\u0440\u0430\u0442 \u04D8\u0431\u0456\u043B\u04B1\u043B\u044B", "\u04C1\u0523\u0526\uA640\uA657",
        "Ja\uA78Cy\u00E1", "\uA726\uA727 \uA7AA\uAB30\uAB64", "\u1D00\u1D0D\u1D80 \u1C80\u1C87", "\uA681\uA69B",
        "Q\u0303 m\u0302 \u0415\u0301\u043B\u0435\u043D\u0430 J\u0301",
    ];
}
