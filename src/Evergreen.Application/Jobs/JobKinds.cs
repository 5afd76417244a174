using System.Collections.Frozen;

namespace Evergreen.Application.Jobs;

/// <summary>Every kind of job that this program knows how to do.</summary>
public sealed class JobKinds(IEnumerable<JobKind> kinds)
{
    private readonly FrozenDictionary<string, JobKind> kinds = kinds.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    public IReadOnlyList<string> Names => kinds.Keys;

    public JobKind? Find(string name) => kinds.GetValueOrDefault(name);

    /// <summary>As people say it; the name itself where this program does not know the kind.</summary>
    public string Title(string name) => Find(name)?.Title ?? name;
}
