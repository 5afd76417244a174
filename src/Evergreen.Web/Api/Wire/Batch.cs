using System.Text.Json;
using Evergreen.Application.Patronage;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Api.Wire;

/// <summary>What became of one line of a batch.</summary>
/// <param name="Line">Its place in the call, from 0.</param>
/// <param name="Status"><c>recorded</c>, <c>replayed</c> (it was there and says the same) or <c>refused</c>.</param>
/// <param name="Entry">As it is in the books; left out where it was refused.</param>
/// <param name="Code">Why it was refused: a code of the catalogue.</param>
/// <param name="Detail">Why it was refused, in words.</param>
/// <param name="Errors">Where the mistake is.</param>
public sealed record BatchLine<TEntry>(int Line, string Status, TEntry? Entry, string? Code, string? Detail, IReadOnlyList<ProblemError>? Errors) where TEntry : class;

/// <summary>What became of a batch. Sent again with the same key it is answered the same; lines that were refused are sent again under another key.</summary>
public sealed record BatchAnswer<TEntry>(int Recorded, int Replayed, int Refused, IReadOnlyList<BatchLine<TEntry>> Lines) where TEntry : class;

/// <summary>From a body to lines, and from what became of them to the answer: the same for purchases and hours.</summary>
internal static class Posts
{
    public const int MostLines = 500;

    public static (int Status, string Body) Single<TLine, TEntry>(HttpContext context, PostedLine<TLine> posted, Func<TLine, TEntry> entry)
    {
        if (posted.Refusal is { } refusal)
        {
            var problem = KnownProblem.Of(refusal.Code);
            return (problem.Status, Text(ProblemBody.Of(context, problem, refusal.Sentence, Errors("#", posted, refusal))));
        }
        return (posted.Replayed ? StatusCodes.Status200OK : StatusCodes.Status201Created, Text(entry(posted.Line)));
    }

    public static (int Status, string Body) Many<TLine, TEntry>(IReadOnlyList<PostedLine<TLine>> lines, Func<TLine, TEntry> entry) where TEntry : class =>
        (StatusCodes.Status200OK, Text(new BatchAnswer<TEntry>(lines.Count(line => line.Refusal is null && !line.Replayed), lines.Count(line => line.Replayed), lines.Count(line => line.Refusal is not null),
            [.. lines.Select((line, i) => line.Refusal is { } refusal
                ? new BatchLine<TEntry>(i, "refused", null, KnownProblem.Of(refusal.Code).Code, refusal.Sentence, Errors(FormattableString.Invariant($"#/lines/{i}"), line, refusal))
                : new BatchLine<TEntry>(i, line.Replayed ? "replayed" : "recorded", entry(line.Line), null, null, null))])));

    /// <summary>Reads every line; null in place of the lines where one is wrong, and the problem then.</summary>
    public static (IReadOnlyList<TLine>? Lines, IActionResult? Problem) Read<TPost, TLine>(IReadOnlyList<TPost> posts, Func<TPost, Fields, TLine> read)
    {
        if (posts.Count is 0 or > MostLines) return (null, new ProblemResult(KnownProblem.BodyInvalid, errors: [new("#/lines", "A batch has 1 to 500 lines.")]));
        var lines = new List<TLine>(posts.Count);
        var errors = new List<ProblemError>();
        foreach (var (post, i) in posts.Select((post, i) => (post, i)))
        {
            var fields = new Fields(FormattableString.Invariant($"#/lines/{i}"));
            if (post is null) fields.Mistake("", "A line may not be null.");
            else lines.Add(read(post, fields));
            errors.AddRange(fields.Errors);
            if (errors.Count > 100) break;
        }
        return errors.Count > 0 ? (null, new ProblemResult(KnownProblem.BodyInvalid, errors: errors)) : (lines, null);
    }

    private static IReadOnlyList<ProblemError>? Errors<TLine>(string at, PostedLine<TLine> line, Refusal refusal) => line.Fields.Count == 0 ? null : [.. line.Fields.Select(field => new ProblemError($"{at}/{field}", refusal.Sentence))];

    private static string Text<T>(T body) => JsonSerializer.Serialize(body, WireJson.Options);
}
