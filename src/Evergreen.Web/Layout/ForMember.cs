using Evergreen.Domain.Members;

namespace Evergreen.Web.Layout;

/// <summary>
/// Open to members of the co-op of the address, for their own account. With a <see cref="Evergreen.Domain.Members.Share"/>, it shows the household's account to those whom its primary owner lets see that part;
/// without one, everyone sees their own.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class ForMemberAttribute : Attribute
{
    public ForMemberAttribute()
    {
    }

    public ForMemberAttribute(Share share) => Share = share;

    public Share? Share { get; }
}
