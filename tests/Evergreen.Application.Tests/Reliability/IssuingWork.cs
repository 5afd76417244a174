using System.Security.Cryptography;
using System.Text.Json;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>Issuing every member's statement of a posted run. It may stop after any statement and takes up there, so it is whole once the manifest is.</summary>
internal sealed class IssuingWork : Workload
{
    private readonly string folders = Directory.CreateTempSubdirectory("evergreen-statements").FullName;

    public IssuingWork(TestDatabase databases, int members) : base(databases, members) => Bakery.Post();

    public override IReadOnlyList<string> Order(DatabaseAddress address) => ["statements", Bakery.Run, Folder(address)];

    protected override int Standing(Books books)
    {
        var (issues, noted, copies) = books.Read(db => (db.StatementIssues.Count(), db.AuditRecords.Count(record => record.Verb == "statements.issue"), db.StatementCopies.ToList()));
        if (issues != noted || issues > 1 || copies.Count > issues * Members) return -1;
        var manifest = Path.Combine(Folder(books.Address), "manifest.json");
        if (!File.Exists(manifest)) return 0;
        using var json = JsonDocument.Parse(File.ReadAllBytes(manifest));
        var listed = json.RootElement.GetProperty("statements").EnumerateArray().Select(copy => (File: copy.GetProperty("file").GetString()!, Sha256: copy.GetProperty("sha256").GetString()!)).ToList();
        var asListed = listed.All(copy => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder(books.Address), copy.File)))) == copy.Sha256);
        var nothingElse = Directory.GetFiles(Folder(books.Address)).Length == Members + 1;
        return asListed && nothingElse && listed.Select(copy => copy.Sha256).Order(StringComparer.Ordinal).SequenceEqual(copies.Select(copy => copy.Sha256).Order(StringComparer.Ordinal)) && copies.Count == Members ? 1 : -1;
    }

    protected override void Repeat(Books books) => Assert.That(new IssueStatements(books).Run(new(null, Bakery.Run, "bea", Folder(books.Address))).Refusal, Is.Null);

    public override void Dispose()
    {
        Directory.Delete(folders, recursive: true);
        base.Dispose();
    }

    private string Folder(DatabaseAddress address) =>
        Path.Combine(folders, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(address.ConnectionString)))[..12]);
}
