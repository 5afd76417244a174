using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Payments;

/// <summary>How the money of a payment run reaches the members.</summary>
public enum PaymentForm
{
    /// <summary>An ACH file of credits to accounts at banks of the United States.</summary>
    Nacha = 1,

    /// <summary>By check, or in whatever other way the co-op pays by itself: there is no file.</summary>
    ByHand = 2,
}

/// <summary>Why somebody with a part in the dividend is not paid by the payment run.</summary>
public enum LeftOutReason
{
    /// <summary>What was due was set off against what the member owes.</summary>
    NothingOwed = 1,
    NoBankDetails = 2,

    /// <summary>The account cannot be reached by this form.</summary>
    OtherScheme = 3,

    /// <summary>The member gave new bank details that still wait.</summary>
    OnHold = 4,

    /// <summary>More than an entry of the file can say.</summary>
    TooLarge = 5,
}

/// <summary>What somebody is owed of a run, by what it is: patronage, or interest on shares.</summary>
public readonly record struct AmountDue(long PatronageCents, long InterestCents)
{
    public long Cents => checked(PatronageCents + InterestCents);
    public Money Money => new(Cents);

    public static AmountDue operator +(AmountDue a, AmountDue b) => new(checked(a.PatronageCents + b.PatronageCents), checked(a.InterestCents + b.InterestCents));
    public static AmountDue operator -(AmountDue a, AmountDue b) => new(checked(a.PatronageCents - b.PatronageCents), checked(a.InterestCents - b.InterestCents));
}

/// <summary>Payments of one dividend run that are prepared, approved and sent together.</summary>
public sealed class PaymentRun
{
    public int Id { get; init; }
    public required int CoOpId { get; init; }

    /// <summary>1, 2, 3 … within the co-op.</summary>
    public required int Number { get; init; }
    public required int DividendRunId { get; init; }

    /// <summary>1 for the first payment of the dividend run; each that follows takes those whom the ones before left out, or whose payments came back.</summary>
    public required int Round { get; init; }
    public required PaymentForm Form { get; init; }
    public required string By { get; init; }
    public required DateTime At { get; init; }

    /// <summary>How many payments it has.</summary>
    public required int Members { get; init; }
    public required long TotalCents { get; init; }

    /// <summary>Sum of the receiving banks' eight digits, its ten low-order digits; 0 where there is no file.</summary>
    public required long EntryHash { get; init; }
}

/// <summary>What one member is paid by a payment run. Where to is not kept here: the file is written from the member's bank details, if they still are those that were approved.</summary>
public sealed class Payment
{
    public required int PaymentRunId { get; init; }

    /// <summary>1, 2, 3 … in the order of member numbers: its place in the file, and among the entries of the ledger.</summary>
    public required int No { get; init; }
    public required int MemberId { get; init; }
    public required long PatronageCents { get; init; }
    public required long InterestCents { get; init; }

    /// <summary>The first eight digits of the bank's routing number; null where there is no file.</summary>
    public string? Bank { get; init; }

    /// <summary>Keyed digest of bank, account and its type, by which a change is seen without being read; null where there is no file.</summary>
    public string? AccountDigest { get; init; }

    public AmountDue Amount => new(PatronageCents, InterestCents);
}

/// <summary>Somebody with a part in the dividend whom the payment run does not pay.</summary>
public sealed class PaymentLeftOut
{
    public required int PaymentRunId { get; init; }
    public required int MemberId { get; init; }
    public required long PatronageCents { get; init; }
    public required long InterestCents { get; init; }
    public required LeftOutReason Reason { get; init; }

    public AmountDue Amount => new(PatronageCents, InterestCents);
}

/// <summary>A second person agreed to a payment run.</summary>
public sealed class PaymentApproval
{
    public required int PaymentRunId { get; init; }
    public required string By { get; init; }
    public required DateTime At { get; init; }
}

/// <summary>The file of a payment run was written. One row a payment run, and one a round of the dividend run: a second is refused by the key.</summary>
public sealed class PaymentFile
{
    public required int PaymentRunId { get; init; }
    public required int DividendRunId { get; init; }
    public required int Round { get; init; }
    public required string By { get; init; }

    /// <summary>Stands in the file as its creation.</summary>
    public required DateTime At { get; init; }
    public required DateOnly EffectiveOn { get; init; }

    /// <summary>Tells the files of a day apart: A to Z, 0 to 9.</summary>
    public required string Modifier { get; init; }

    /// <summary>Routing number of the co-op's bank.</summary>
    public required string BankRouting { get; init; }
    public required string BankName { get; init; }

    /// <summary>By what the bank knows the co-op; often 1 and the EIN.</summary>
    public required string CompanyId { get; init; }
    public required string CompanyName { get; init; }
    public required string Sha256 { get; init; }
    public required int Entries { get; init; }
    public required long TotalCents { get; init; }
    public required long EntryHash { get; init; }
}

/// <summary>The bank was charged with a payment run: its payments are in the ledger. One row a payment run, and one a round of the dividend run.</summary>
public sealed class PaymentSettlement
{
    public required int PaymentRunId { get; init; }
    public required int DividendRunId { get; init; }
    public required int Round { get; init; }
    public required string By { get; init; }
    public required DateTime At { get; init; }

    /// <summary>The day on which the bank was charged; accounting date of the entries.</summary>
    public required DateOnly On { get; init; }
    public required string Reference { get; init; }

    /// <summary>The entry of payment 1; that of payment n comes n − 1 after it.</summary>
    public required long FirstSequence { get; init; }
}

/// <summary>A payment came back, or was stopped: by an opposite entry it is owed again. Once only.</summary>
public sealed class PaymentVoid
{
    public required int PaymentRunId { get; init; }
    public required int No { get; init; }
    public required string By { get; init; }
    public required DateTime At { get; init; }
    public required DateOnly On { get; init; }
    public required string Reason { get; init; }

    /// <summary>The entry that takes the payment back.</summary>
    public required long Sequence { get; init; }
}
