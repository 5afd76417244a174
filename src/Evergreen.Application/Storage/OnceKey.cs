using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Storage;

/// <summary>A form that was sent and whose work was done: sent again, by a double click, the back button or another window, it does nothing more.</summary>
public sealed class SubmittedForm
{
    public const int KeyLength = 22;

    public required string Key { get; init; }
    public required DateTime At { get; init; }

    /// <summary>The same for every window that holds the same form filled in alike; null where nobody was signed in.</summary>
    public string? Twin { get; init; }

    /// <summary>Where the person was sent afterwards; null until that is known.</summary>
    public string? Answer { get; set; }
}

internal sealed class SubmittedFormMapping : IEntityTypeConfiguration<SubmittedForm>
{
    public void Configure(EntityTypeBuilder<SubmittedForm> form)
    {
        form.ToTable("SubmittedForms");
        form.HasKey(f => f.Key);
        form.Property(f => f.Key).HasMaxLength(SubmittedForm.KeyLength);
        form.Property(f => f.Answer).HasMaxLength(400);
        form.Property(f => f.Twin).HasMaxLength(SubmittedForm.KeyLength);
        form.HasIndex(f => new { f.Twin, f.At });
    }
}

/// <summary>The form that this request was sent by. Its key is stored in the same transaction as the first work done under it, so that the two stand or fall together.</summary>
public sealed class OnceKey
{
    private const int MostOfAnswer = 400;
    private static readonly AsyncLocal<OnceKey?> Ambient = new();

    private string? answered;

    private OnceKey(string key, string? twin, DateTime shownAt) => (Key, Twin, ShownAt) = (key, twin, shownAt);

    public string Key { get; }

    /// <summary>See <see cref="SubmittedForm.Twin"/>.</summary>
    public string? Twin { get; }

    /// <summary>When the page was made that held the form.</summary>
    public DateTime ShownAt { get; }

    /// <summary>Whether work was done under the key.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>The form that is being worked on; null outside of one.</summary>
    public static OnceKey? Current => Ambient.Value;

    /// <summary>From here on, in this request, work is done under the key.</summary>
    public static OnceKey Begin(string key, string? twin, DateTime shownAt) => Ambient.Value = new OnceKey(key, twin, shownAt);

    /// <summary>Notes where the person was sent, so that the form sent again leads there too.</summary>
    public void Answer(Books books, string location)
    {
        if (!IsUsed || location.Length > MostOfAnswer || location == answered) return;
        books.Write<int>(false, db => db.SubmittedForms.Where(form => form.Key == Key).ExecuteUpdate(set => set.SetProperty(form => form.Answer, location)));
    }

    /// <summary>Notes it together with the work, for what leads on to something that may keep the books busy at once.</summary>
    internal static void AnswerWithin(EvergreenDb db, string location)
    {
        if (Ambient.Value is not { } once || location.Length > MostOfAnswer || db.SubmittedForms.Local.SingleOrDefault(form => form.Key == once.Key) is not { } form) return;
        form.Answer = once.answered = location;
    }

    /// <exception cref="AlreadySubmitted">The form's work was done before.</exception>
    internal static void Claim(EvergreenDb db, DateTime at)
    {
        if (Ambient.Value is not { IsUsed: false } once) return;
        once.answered = null;
        if (db.SubmittedForms.AsNoTracking().SingleOrDefault(form => form.Key == once.Key) is { } earlier) throw new AlreadySubmitted(earlier.Answer);
        // Another window, opened before this work was done, holds the same form filled in alike. Whoever opens the page afterwards and sends the same once more means it.
        if (once.Twin is { } twin && db.SubmittedForms.AsNoTracking().Where(form => form.Twin == twin && form.At >= once.ShownAt).OrderByDescending(form => form.At).FirstOrDefault() is { } other) throw new AlreadySubmitted(other.Answer);
        db.SubmittedForms.Add(new SubmittedForm { Key = once.Key, Twin = once.Twin, At = at });
    }

    internal static void Committed()
    {
        if (Ambient.Value is { } once) once.IsUsed = true;
    }
}

/// <summary>The work of this form was done already; nothing was done now.</summary>
public sealed class AlreadySubmitted(string? answer) : Exception("This form was sent before, and its work was done then.")
{
    /// <summary>Where the person was sent then.</summary>
    public string? Answer => answer;
}
