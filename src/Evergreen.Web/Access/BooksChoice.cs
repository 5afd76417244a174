using Evergreen.Application.Access;

namespace Evergreen.Web.Access;

/// <summary>Whether the set-up may choose where the books are kept, and what follows when it did: the site stops and is put together anew, with the other books.</summary>
/// <param name="isOpen">Nobody named the books when the program was started, and none were chosen before.</param>
public sealed class BooksChoice(ChosenBooks chosen, bool isOpen, IHostApplicationLifetime lifetime)
{
    public ChosenBooks Chosen => chosen;

    public bool IsOpen => isOpen && !IsMade;

    public bool IsMade { get; private set; }

    /// <summary>Stops the site once the answer under way is out.</summary>
    public void GoOver(HttpResponse answer)
    {
        IsMade = true;
        answer.OnCompleted(() =>
        {
            lifetime.StopApplication();
            return Task.CompletedTask;
        });
    }
}
