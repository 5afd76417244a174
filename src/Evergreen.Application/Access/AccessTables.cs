using Evergreen.Application.Access.Apps;
using Evergreen.Application.Mail;
using Evergreen.Application.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>The tables of this room. They stand here and not at <see cref="EvergreenDb"/>, which knows no room.</summary>
public static class AccessTables
{
    extension(EvergreenDb db)
    {
        public DbSet<SignIn> SignIns => db.Set<SignIn>();
        public DbSet<RoleGrant> RoleGrants => db.Set<RoleGrant>();
        public DbSet<SignInSession> SignInSessions => db.Set<SignInSession>();
        public DbSet<SignInAttempt> SignInAttempts => db.Set<SignInAttempt>();
        public DbSet<RecoveryCode> RecoveryCodes => db.Set<RecoveryCode>();
        public DbSet<Invitation> Invitations => db.Set<Invitation>();
        public DbSet<SetUpCode> SetUpCodes => db.Set<SetUpCode>();
        public DbSet<MailServer> MailServers => db.Set<MailServer>();
        public DbSet<SiteKey> SiteKeys => db.Set<SiteKey>();
        public DbSet<App> Apps => db.Set<App>();
        public DbSet<AppConsent> AppConsents => db.Set<AppConsent>();
        public DbSet<AppToken> AppTokens => db.Set<AppToken>();
        public DbSet<ConnectKey> ConnectKeys => db.Set<ConnectKey>();
        public DbSet<IdentityUserPasskey<int>> Passkeys => db.Set<IdentityUserPasskey<int>>();
    }
}
