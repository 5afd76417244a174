using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Evergreen.Web.Office.Lists;

/// <summary>A filter that could not be kept, on its way back to the list: any of the lists may have sent it, and shows it again.</summary>
/// <param name="Wrong">What is wrong with the name; empty where it is about something else.</param>
internal sealed record RefusedFilter(string Name, bool Shared, string Wrong)
{
    private const string List = "filter-list", Typed = "filter-name", ForAll = "filter-shared", Sentence = "filter-wrong";

    /// <summary>More than any name may have, and little enough for a cookie.</summary>
    private const int Longest = 200;

    public void Send(ITempDataDictionary next, string list) =>
        (next[List], next[Typed], next[ForAll], next[Sentence]) = (list, Name.Length > Longest ? Name[..Longest] : Name, Shared, Wrong);

    /// <returns>Null where none comes back to this list.</returns>
    public static RefusedFilter? Back(ITempDataDictionary sent, string list)
    {
        // All of it is taken, so that nothing stays behind where it was for another list.
        var (to, filter) = (sent[List] as string, new RefusedFilter(sent[Typed] as string ?? "", sent[ForAll] is true, sent[Sentence] as string ?? ""));
        return to == list ? filter : null;
    }
}
