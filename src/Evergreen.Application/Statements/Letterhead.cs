using Evergreen.Domain.CoOps;
using Evergreen.Domain.Statements;

namespace Evergreen.Application.Statements;

/// <summary>What a paper for members says of the co-op: the same on all of them.</summary>
public static class Letterhead
{
    public static StatementCoOp Of(CoOp coOp) => PrepareStatements.Letterhead(coOp);
}
