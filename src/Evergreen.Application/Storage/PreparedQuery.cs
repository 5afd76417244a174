using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Evergreen.Application.Storage;

/// <summary>A query that is translated once and not anew each time it is asked: for those with which every page begins.</summary>
/// <remarks>Once for each model, since a compiled query belongs to the model it was first used with, and each database has its own.</remarks>
/// <param name="compile">One of the overloads of <c>EF.CompileQuery</c>.</param>
internal sealed class PreparedQuery<TQuery>(Func<TQuery> compile) where TQuery : Delegate
{
    private readonly ConditionalWeakTable<IModel, TQuery> byModel = [];

    public TQuery For(EvergreenDb db) => byModel.GetValue(db.Model, _ => compile());
}
