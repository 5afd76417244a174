using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Evergreen.Web.Tests.Mail;

/// <summary>A mail as a server took it.</summary>
/// <param name="From">Of the envelope.</param>
/// <param name="To">Of the envelope.</param>
internal sealed record Taken(string From, IReadOnlyList<string> To, byte[] Bytes)
{
    public MimeMessage Message { get; } = MimeMessage.Load(new MemoryStream(Bytes));

    /// <summary>The header as it came over the line.</summary>
    public string Header => Encoding.UTF8.GetString(Bytes).Split("\r\n\r\n", 2)[0];
}

/// <summary>A mail server that takes all it is given, from any number of senders, and keeps it.</summary>
internal sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<Taken> taken = new();
    private readonly Task listening;

    public MailSink()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listening = Task.Run(Listen);
    }

    public int Port { get; }

    public IReadOnlyList<Taken> Mails => [.. taken];

    private async Task Listen()
    {
        var talks = new List<Task>();
        try
        {
            while (true) talks.Add(Talk(await listener.AcceptTcpClientAsync()));
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task Talk(TcpClient caller)
    {
        using var client = caller;
        await using var stream = client.GetStream();
        // One byte a character, so that what came is kept as it came.
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink.example");
        var (from, to) = ("", new List<string>());
        while (await reader.ReadLineAsync() is { } line)
        {
            var command = line.Split(' ', ':')[0].ToUpperInvariant();
            if (command == "MAIL") (from, to) = (Address(line), []);
            if (command == "RCPT") to.Add(Address(line));
            await writer.WriteLineAsync(command switch { "EHLO" => "250 sink.example", "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 fine" });
            if (command == "QUIT") return;
            if (command != "DATA") continue;
            var bytes = new StringBuilder();
            while (await reader.ReadLineAsync() is { } text && text != ".") bytes.Append(text.StartsWith('.') ? text[1..] : text).Append("\r\n");
            taken.Enqueue(new Taken(from, to, Encoding.Latin1.GetBytes(bytes.ToString())));
            await writer.WriteLineAsync("250 taken");
        }
    }

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await listening;
    }
}
