namespace Evergreen.Web.Access.Links;

/// <summary>Wakes the one who mails links, so that nobody waits longer than the mail takes.</summary>
public sealed class MailLinkBell : IDisposable
{
    private readonly SemaphoreSlim rung = new(0, 1);

    public void Ring()
    {
        try
        {
            rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // It rings already.
        }
    }

    public Task Wait(TimeSpan longest, CancellationToken stop) => rung.WaitAsync(longest, stop);

    public void Dispose() => rung.Dispose();
}
