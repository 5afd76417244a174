using Microsoft.Extensions.Caching.Memory;

namespace Evergreen.Application.Storage;

/// <summary>Where Entity Framework keeps what it made of our queries. Its own holds some five hundred of them, fewer than the site has pages and lists: whoever came round to one again waited until it was translated anew.</summary>
public sealed class QueryCache() : MemoryCache(new MemoryCacheOptions { SizeLimit = Most })
{
    /// <summary>A query counts ten, and its command as much again for each way in which its values may be null.</summary>
    private const int Most = 100_000;
}
