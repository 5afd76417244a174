using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;

namespace Evergreen.Application.Tests.Access;

/// <summary>A co-op's office with its first administrator, Ruth, in a database and with a key file of its own.</summary>
internal sealed class Office : IDisposable
{
    public const string Mail = "ruth@laundry.example", Password = "four plain words here", From = "192.0.2.7";
    private readonly string keyFile = Path.Combine(Path.GetTempPath(), $"evergreen_access_{Environment.ProcessId}_{Guid.NewGuid():N}.keys");

    public Office(TestDatabase databases, bool demo = false, bool setUp = true)
    {
        Database = databases.Create();
        Mode = new AccessMode(demo);
        Keys = new SealingKeys(() => new KeyFile(keyFile));
        if (setUp) Ruth = SetUp(new PrepareSetUp(Database.Books, Mode).Run()!).Value.UserId;
    }

    public OpenTestDatabase Database { get; }
    public AccessMode Mode { get; }
    public SealingKeys Keys { get; }
    public int Ruth { get; }
    public int Laundry => Database.Books.Read(db => db.CoOps.Single(coOp => coOp.Code == "laundry").Id);
    public string KeyFile => keyFile;

    public static CreateCoOp.Request LaundryRequest => new("laundry", "The Wash House", "US", "USD", 12, TaxRegime.SubchapterT, "");

    public Outcome<SetUpHouse.Result> SetUp(string code, string mail = Mail, string name = "Ruth", string password = Password, CreateCoOp.Request? coOp = null) =>
        new SetUpHouse(Database.Books, Mode).Run(new SetUpHouse.Request(code, coOp ?? LaundryRequest, mail, name, password, From));

    public int Grocery() => new CreateCoOp(Database.Books).Run(new CreateCoOp.Request("grocery", "The Green Shop", "US", "USD", 6, TaxRegime.SubchapterT, "ann")).Value.Id;

    /// <summary>Someone who was invited by Ruth and came.</summary>
    public int Join(string name, Role role, int? coOp)
    {
        var invited = new InvitePerson(Database.Books).Run(new InvitePerson.Request(coOp, $"{name}@laundry.example", name, role, Ruth, Mail, From));
        return new AcceptInvitation(Database.Books).Run(new AcceptInvitation.Request(invited.Value.Code, name, Password, From)).Value;
    }

    public Outcome<EnterWithPassword.Result> Enter(string mail = Mail, string password = Password, string from = From) =>
        new EnterWithPassword(Database.Books, Mode).Run(new EnterWithPassword.Request(mail, password, from));

    public StartSession.Result Session(int user, Proof proof = Proof.Password, int? replaces = null) =>
        new StartSession(Database.Books, Mode).Run(new StartSession.Request(user, proof, From, "Firefox on Linux", replaces)).Value;

    public KeepSession.Result? Keep(string key) => new KeepSession(Database.Books, Mode).Run(key);

    public Standing Standing(int user, int? coOp, bool secondFactor = false) => new MayDo(Database.Books, Mode).Run(new MayDo.Request(user, coOp, secondFactor));

    /// <summary>The secret of an authenticator that was just set up and confirmed for Ruth.</summary>
    public (byte[] Secret, List<string> RecoveryCodes) Authenticator(int? session = null)
    {
        var made = new MakeAuthenticator(Database.Books, Keys).Run(new MakeAuthenticator.Request(Ruth, "Evergreen")).Value;
        var secret = Unspell(made.Spelled);
        var codes = new ConfirmAuthenticator(Database.Books, Keys).Run(new ConfirmAuthenticator.Request(Ruth, CodeNow(secret), session, From)).Value;
        return (secret, codes);
    }

    public string CodeNow(byte[] secret, int stepsLater = 0) => TimeCode.At(secret, TimeCode.StepAt(Database.Books.Now) + stepsLater);

    public Outcome<EnterWithCode.Result> Code(string code, bool recovery = false, string from = From) =>
        new EnterWithCode(Database.Books, Mode, Keys).Run(new EnterWithCode.Request(Ruth, code, recovery, from));

    public int Audited(string verb) => Database.Books.Read(db => db.AuditRecords.Count(record => record.Verb == verb));

    public string? LastDetail(string verb) => Database.Books.Read(db => db.AuditRecords.Where(record => record.Verb == verb).OrderBy(record => record.Id).Last().Detail);

    public static byte[] Unspell(string spelled)
    {
        var bits = string.Concat(spelled.Where(char.IsAsciiLetterOrDigit).Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => Convert.ToByte(new string(chunk), 2))];
    }

    public void Dispose()
    {
        Database.Dispose();
        File.Delete(keyFile);
    }
}
