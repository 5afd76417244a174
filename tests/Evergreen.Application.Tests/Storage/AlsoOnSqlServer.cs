using System.Collections.Concurrent;
using System.Linq.Expressions;
using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evergreen.Application.Tests.Storage;

/// <summary>Translates every query that a test runs under the SQL Server provider too, so that no query is used that has no translation there. Needs no server.</summary>
/// <remarks>The tests of the site have it as well, for what doors and libraries ask by themselves.</remarks>
public sealed class AlsoOnSqlServer : IQueryExpressionInterceptor
{
    public static readonly AlsoOnSqlServer Each = new();
    private static readonly Lock OneByOne = new();
    private static readonly EvergreenDb Elsewhere = new(DatabaseAddress.SqlServer("Server=nowhere;Database=none").Options());
    private static readonly ConcurrentDictionary<string, byte> Translated = new(StringComparer.Ordinal);

    /// <summary>How many different queries were translated so far.</summary>
    public static int Count => Translated.Count;

    /// <summary>Whether one of them asked for this kind of row.</summary>
    public static bool HasAsked<TRow>() => Translated.Keys.Any(query => query.Contains($"DbSet<{typeof(TRow).Name}>()", StringComparison.Ordinal));

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        if (eventData.Context is not EvergreenDb) return queryExpression;
        // As the framework prints it: what an expression says of itself leaves out which rows are asked for.
        var query = ExpressionPrinter.Print(queryExpression);
        lock (OneByOne)
            if (!Translated.ContainsKey(query))
            {
                Translate(new Moved(Elsewhere).Visit(queryExpression));
                Translated[query] = 0;
            }
        return queryExpression;
    }

    /// <exception cref="InvalidOperationException">The query has no translation.</exception>
    private static void Translate(Expression query)
    {
        var result = query.Type.IsGenericType && query.Type.IsAssignableTo(typeof(IQueryable)) ? typeof(IEnumerable<>).MakeGenericType(query.Type.GetGenericArguments()[0]) : query.Type;
        var compile = typeof(IDatabase).GetMethod(nameof(IDatabase.CompileQuery))!.MakeGenericMethod(result);
        try
        {
            compile.Invoke(Elsewhere.GetService<IDatabase>(), [query, false]);
        }
        catch (System.Reflection.TargetInvocationException failed)
        {
            throw new InvalidOperationException($"This query has no translation on SQL Server: {failed.InnerException!.Message}", failed.InnerException);
        }
    }

    /// <summary>The same query over the other context's tables. Raw SQL of a provider's own stays where it is.</summary>
    private sealed class Moved(EvergreenDb elsewhere) : ExpressionVisitor
    {
        protected override Expression VisitExtension(Expression node) => node switch
        {
            EntityQueryRootExpression root when root.GetType() == typeof(EntityQueryRootExpression) => new EntityQueryRootExpression(elsewhere.Model.FindEntityType(root.EntityType.Name)!),
            _ => node is QueryParameterExpression or QueryRootExpression ? node : base.VisitExtension(node),
        };
    }
}
