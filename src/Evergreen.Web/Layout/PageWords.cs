using Evergreen.Domain.Arithmetic;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Evergreen.Web.Layout;

/// <summary>From a verb's refusal to the sentence beside the field, and from what was done to the sentence on the next page.</summary>
public static class PageWords
{
    private const string Said = "said", SaidNo = "said-no";

    /// <summary>Puts a refusal beside a field, or above the form where it belongs to none.</summary>
    /// <remarks>Kept as it was given, and said in the page's language when it is shown.</remarks>
    public static void Refuse(this ModelStateDictionary state, Refusal refusal, string field = "") => state.TryAddModelException(field, new RefusedException(refusal));

    /// <summary>Says on the next page what was done.</summary>
    /// <param name="refused">It was not done, and the sentence says why.</param>
    public static void Say(this ITempDataDictionary next, string sentence, bool refused = false) => (next[Said], next[SaidNo]) = (sentence, refused);

    public static string? Heard(this ITempDataDictionary next) => next[Said] as string;

    /// <summary>The kind of notice that fits what is heard.</summary>
    public static string HowHeard(this ITempDataDictionary next) => next[SaidNo] is true ? "warning" : "success";
}

/// <summary>Carries a refusal to the place of a form where it is shown; never thrown.</summary>
public sealed class RefusedException(Refusal refusal) : Exception(refusal.Sentence)
{
    public Refusal Refusal => refusal;
}
