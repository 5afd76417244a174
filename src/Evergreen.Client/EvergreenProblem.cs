namespace Evergreen.Client;

/// <param name="Pointer">Where the mistake is, such as <c>#/amount</c>.</param>
public sealed record ProblemPlace(string Pointer, string Detail);

/// <summary>The site said no. Nothing was changed.</summary>
public sealed class EvergreenProblem : Exception
{
    internal EvergreenProblem(int status, string code, string detail, string? traceId, IReadOnlyList<ProblemPlace> places) : base($"{code}: {detail}") => (Status, Code, Detail, TraceId, Places) = (status, code, detail, traceId, places);

    public int Status { get; }

    /// <summary>One of the site's catalogue; decide by it.</summary>
    public string Code { get; }
    public string Detail { get; }

    /// <summary>To be named when asking for help.</summary>
    public string? TraceId { get; }
    public IReadOnlyList<ProblemPlace> Places { get; }

    /// <summary>The same call may succeed later; otherwise it takes a person.</summary>
    public bool IsPassing => Status is 401 or 429 or 500 or 502 or 503 or 504 || Code == "idempotency-key-in-progress";
}
