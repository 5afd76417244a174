using System.Security.Cryptography;
using System.Text;
using Evergreen.Domain.Audit;
using NUnit.Framework;

namespace Evergreen.Domain.Tests.Audit;

public sealed class AuditChainTests
{
    private static readonly DateTime At = new(2026, 3, 4, 5, 6, 7, 89, DateTimeKind.Utc);

    [Test]
    public void HashIsOverTheHashBeforeAndTheFormThatIsWrittenDown()
    {
        var record = new AuditRecord { CoOpId = 7, At = At, By = "ann|b", Verb = "dividends.post", Subject = "run 2025-1\nrun 2", Detail = @"a\b", From = null };
        byte[] before = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
        var form = "evergreen-audit-1\n7|12|2026-03-04T05:06:07.0890000Z|ann\\|b|dividends.post|run 2025-1\\nrun 2|=a\\\\b|-\n";
        Assert.That(AuditChain.Link(before, 12, record), Is.EqualTo(SHA256.HashData([.. before, .. Encoding.UTF8.GetBytes(form)])));
    }

    [Test]
    public void NothingGivenIsNotTheSameAsAnEmptyText()
    {
        var record = new AuditRecord { At = At, By = "ann", Verb = "test", Subject = "thing" };
        Assert.That(AuditChain.Link(AuditChain.Genesis, 1, record), Is.Not.EqualTo(AuditChain.Link(AuditChain.Genesis, 1, new AuditRecord { At = At, By = "ann", Verb = "test", Subject = "thing", Detail = "" })));
    }
}
