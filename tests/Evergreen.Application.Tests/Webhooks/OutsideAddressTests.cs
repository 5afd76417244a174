using System.Net;
using Evergreen.Application.Webhooks;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Webhooks;

/// <summary>An address that someone typed must not lead to what stands behind our own door, in whatever form it is written.</summary>
public sealed class OutsideAddressTests
{
    private static string? Refused(string? url) => OutsideAddress.Usual.Read(url).Refusal?.Code;

    [TestCase("https://books.example.com/events")]
    [TestCase("https://books.example.com:443/events?shop=1")]
    [TestCase("https://93.184.215.14/")]
    [TestCase("https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/")]
    public void WhatLiesOutsideIsAllowed(string url) => Assert.That(Refused(url), Is.Null);

    [TestCase("http://books.example.com/", "webhook-url-encryption")]
    [TestCase("ftp://books.example.com/", "webhook-url-encryption")]
    [TestCase("https://books.example.com:8443/", "webhook-url-port")]
    [TestCase("https://me:secret@books.example.com/", "webhook-url-extras")]
    [TestCase("https://books.example.com/#part", "webhook-url-extras")]
    [TestCase("/events", "webhook-url")]
    [TestCase("books.example.com", "webhook-url")]
    [TestCase("https://books.example.com/\r\nHost: inside", "webhook-url")]
    [TestCase("", "webhook-url")]
    [TestCase(null, "webhook-url")]
    [TestCase("https://127.0.0.1/", "webhook-url-inside")]
    [TestCase("https://2130706433/", "webhook-url-inside")]
    [TestCase("https://0x7f000001/", "webhook-url-inside")]
    [TestCase("https://0177.0.0.1/", "webhook-url-inside")]
    [TestCase("https://127.1/", "webhook-url-inside")]
    [TestCase("https://0.0.0.0/", "webhook-url-inside")]
    [TestCase("https://10.1.2.3/", "webhook-url-inside")]
    [TestCase("https://172.16.0.1/", "webhook-url-inside")]
    [TestCase("https://192.168.1.1/", "webhook-url-inside")]
    [TestCase("https://100.64.0.1/", "webhook-url-inside")]
    [TestCase("https://169.254.169.254/latest/meta-data/", "webhook-url-inside")]
    [TestCase("https://224.0.0.1/", "webhook-url-inside")]
    [TestCase("https://255.255.255.255/", "webhook-url-inside")]
    [TestCase("https://[::1]/", "webhook-url-inside")]
    [TestCase("https://[::]/", "webhook-url-inside")]
    [TestCase("https://[::ffff:127.0.0.1]/", "webhook-url-inside")]
    [TestCase("https://[::ffff:a9fe:a9fe]/", "webhook-url-inside")]
    [TestCase("https://[fe80::1]/", "webhook-url-inside")]
    [TestCase("https://[fd00:ec2::254]/", "webhook-url-inside")]
    [TestCase("https://[64:ff9b::7f00:1]/", "webhook-url-inside")]
    [TestCase("https://[2002:7f00:1::]/", "webhook-url-inside")]
    [TestCase("https://[2001:0:7f00:1::]/", "webhook-url-inside")]
    [TestCase("https://[ff02::1]/", "webhook-url-inside")]
    public void WhatLiesInsideOrIsNotEncryptedIsRefused(string? url, string code) => Assert.That(Refused(url), Is.EqualTo(code));

    [Test]
    public void WhatIsTooLongIsRefused() => Assert.That(Refused("https://books.example.com/" + new string('a', OutsideAddress.LongestUrl)), Is.EqualTo("webhook-url"));

    [Test]
    public void WhoeverRunsTheServerAllowsAHostInsideByName()
    {
        var outside = new OutsideAddress(new HashSet<int> { 443, 8443 }, new HashSet<string> { "books.internal:8080" });
        Assert.That(new[] { "http://books.internal:8080/", "https://books.example.com:8443/" }.Select(url => outside.Read(url).IsRefused), Is.EqualTo([false, false]));
        Assert.That(new[] { "http://books.internal:8081/", "http://other.internal:8080/" }.Select(url => outside.Read(url).IsRefused), Is.EqualTo([true, true]));
    }

    [TestCase("127.0.0.1")]
    [TestCase("93.184.215.14", "10.0.0.1")]
    [TestCase("::ffff:192.168.0.1")]
    public void NameThatLeadsInsideIsNotConnectedTo(params string[] addresses) => Assert.That(
        async () => await OutsideAddress.Usual.Connect(new Uri("https://hooks.example.com/"), (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()), CancellationToken.None),
        Throws.TypeOf<InsideAddress>());
}
