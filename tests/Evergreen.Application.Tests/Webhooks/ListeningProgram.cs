using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Evergreen.Application.Tests.Webhooks;

/// <summary>The other program: takes messages over TLS on this machine and answers as it is told.</summary>
internal sealed class ListeningProgram : IAsyncDisposable
{
    public const string Name = "hooks.example";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 certificate;
    private readonly Task work;
    private readonly List<Message> received = [];

    public ListeningProgram()
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
        certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        work = Task.Run(Listen);
    }

    public sealed record Message(IReadOnlyDictionary<string, string> Headers, string Body);

    public int Port { get; }

    public string Url => $"https://{Name}:{Port}/events";

    /// <summary>Status line and headers of each answer, e.g. <c>200 OK</c>; null says nothing at all.</summary>
    public string? Answer { get; set; } = "204 No Content";

    /// <summary>Sent after the headers without end.</summary>
    public bool Endless { get; set; }

    public bool Trusts(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) => shown?.GetCertHashString() == certificate.GetCertHashString();

    public IReadOnlyList<Message> Received
    {
        get
        {
            lock (received) return [.. received];
        }
    }

    private async Task Listen()
    {
        try
        {
            for (; ; ) _ = Serve(await listener.AcceptTcpClientAsync());
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task Serve(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var secure = new SslStream(client.GetStream());
                await secure.AuthenticateAsServerAsync(certificate);
                var message = await Read(secure);
                lock (received) received.Add(message);
                if (Answer is not { } answer)
                {
                    await Task.Delay(TimeSpan.FromSeconds(20));
                    return;
                }
                await secure.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nConnection: close\r\n{(Endless ? "" : "Content-Length: 0\r\n")}\r\n"));
                while (Endless) await secure.WriteAsync(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // The other side hung up.
        }
    }

    private static async Task<Message> Read(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [""] = await reader.ReadLineAsync() ?? "" };
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }
        var body = new char[int.Parse(headers["Content-Length"], System.Globalization.CultureInfo.InvariantCulture)];
        await reader.ReadBlockAsync(body);
        return new Message(headers, new string(body));
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await work;
        certificate.Dispose();
    }
}
