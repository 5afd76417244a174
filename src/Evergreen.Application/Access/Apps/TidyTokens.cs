using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access.Apps;

/// <summary>Takes away the entries of tokens that ran out a day ago: nobody can use them any more, so nobody can be caught using them twice.</summary>
public sealed class TidyTokens(Books books)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <returns>How many went.</returns>
    public Outcome<int> Run()
    {
        var before = books.Now - Kept;
        return books.Write<int>(dryRun: false, db => db.AppTokens.Where(token => token.ExpirationDate < before).ExecuteDelete());
    }
}
