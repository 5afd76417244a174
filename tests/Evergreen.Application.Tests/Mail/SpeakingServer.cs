using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Evergreen.Application.Tests.Mail;

/// <summary>A mail server for one talk. At one command it answers as it was told; with nothing to say it hangs up.</summary>
internal sealed class SpeakingServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly string? at;
    private readonly string? answer;
    private readonly Task talk;
    private readonly List<string> said = [];
    private readonly MemoryStream received = new();

    public SpeakingServer(string? at = null, string? answer = null)
    {
        (this.at, this.answer) = (at, answer);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        talk = Task.Run(Talk);
    }

    public int Port { get; }

    /// <summary>The commands of the other side.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (said) return [.. said];
        }
    }

    /// <summary>The mail that was handed over.</summary>
    public byte[] Received => received.ToArray();

    private async Task Talk()
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 server.example");
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (said) said.Add(line);
            var command = line.Split(' ')[0].ToUpperInvariant();
            if (command == at)
            {
                if (answer!.Length == 0) return;
                await writer.WriteLineAsync(answer);
                continue;
            }
            await writer.WriteLineAsync(command switch { "EHLO" => "250 server.example", "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 fine" });
            if (command == "QUIT") return;
            if (command != "DATA") continue;
            while (await reader.ReadLineAsync() is { } text && text != ".") received.Write(Encoding.Latin1.GetBytes((text.StartsWith('.') ? text[1..] : text) + "\r\n"));
            if (at == "." && answer!.Length == 0) return;
            await writer.WriteLineAsync(at == "." ? answer : "250 taken");
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        try
        {
            await talk;
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            // The other side hung up first, or never called.
        }
        received.Dispose();
    }
}
