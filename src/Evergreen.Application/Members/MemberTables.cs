using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>The tables of this room that know accounts, and so cannot stand at <see cref="EvergreenDb"/>.</summary>
public static class MemberTables
{
    extension(EvergreenDb db)
    {
        public DbSet<MemberSignIn> MemberSignIns => db.Set<MemberSignIn>();
        public DbSet<MemberInvitation> MemberInvitations => db.Set<MemberInvitation>();
    }
}
