namespace Evergreen.Application.Access;

/// <summary>What the code of a link or a letter is good for.</summary>
public enum MailLinkKind
{
    /// <summary>The door, once, in place of the password.</summary>
    SignIn = 1,

    /// <summary>The choice of a new password.</summary>
    NewPassword = 2,

    /// <summary>To show that the address of an account is its owner's.</summary>
    Address = 3,

    /// <summary>A second factor on paper, for new bank details of one member.</summary>
    BankLetter = 4,
}

/// <summary>Someone asked for a link by mail. It is noted in the same way for every address, known or not, and answered afterwards, beside the request: so the answer says nothing and takes the same time.</summary>
public sealed class MailLinkRequest
{
    public int Id { get; init; }
    public required MailLinkKind Kind { get; init; }

    /// <summary>As it was typed. The row is deleted when it is answered.</summary>
    public required string Mail { get; init; }
    public required DateTime AskedAt { get; init; }
    public required string From { get; init; }

    /// <summary>The page that was asked for before.</summary>
    public string? ReturnUrl { get; init; }
}

/// <summary>A link or a code that was sent to the owner of an account: good once, and for a while only.</summary>
public sealed class MailLink
{
    /// <summary>For what opens the door.</summary>
    public static readonly TimeSpan Valid = TimeSpan.FromMinutes(15);

    /// <summary>For what opens nothing: the account's owner has to be signed in beside it.</summary>
    public static readonly TimeSpan AddressValid = TimeSpan.FromDays(3), LetterValid = TimeSpan.FromDays(30);

    public int Id { get; init; }
    public required int UserId { get; init; }
    public required MailLinkKind Kind { get; init; }

    /// <summary>The digest of the code; the code itself is not kept.</summary>
    public required string CodeDigest { get; init; }

    /// <summary>The account's stamp when it was made: a password changed since, or a sign-out everywhere, ends it.</summary>
    public required string Stamp { get; init; }
    public required DateTime MadeAt { get; init; }
    public DateTime? UsedAt { get; set; }
    public string? ReturnUrl { get; init; }

    public bool StandsAt(DateTime now) => UsedAt is null && now - MadeAt < (Kind switch { MailLinkKind.Address => AddressValid, MailLinkKind.BankLetter => LetterValid, _ => Valid });
}
