using Evergreen.Domain.CoOps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenIddict.EntityFrameworkCore;

namespace Evergreen.Application.Access.Apps;

/// <summary>OpenIddict's own mapping, under our names, with what we ask of it besides.</summary>
public sealed class AppMapping : IEntityTypeConfiguration<App>, IEntityTypeConfiguration<AppConsent>, IEntityTypeConfiguration<AppToken>, IEntityTypeConfiguration<AppScope>, IEntityTypeConfiguration<ConnectKey>
{
    public void Configure(EntityTypeBuilder<App> app)
    {
        new OpenIddictEntityFrameworkCoreApplicationConfiguration<App, AppConsent, AppToken, int>().Configure(app);
        app.ToTable("Apps");
        app.Property(x => x.Kind).HasConversion<string>().HasMaxLength(30);
        app.Property(x => x.Scopes).HasMaxLength(600);
        app.Property(x => x.RegisteredBy).HasMaxLength(256);
        app.Property(x => x.WithdrawnBy).HasMaxLength(256);
        app.HasIndex(x => x.CoOpId);
        app.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
    }

    public void Configure(EntityTypeBuilder<AppConsent> consent)
    {
        new OpenIddictEntityFrameworkCoreAuthorizationConfiguration<AppConsent, App, AppToken, int>().Configure(consent);
        consent.ToTable("AppConsents");
        consent.HasIndex(x => x.Subject);
    }

    public void Configure(EntityTypeBuilder<AppToken> token)
    {
        new OpenIddictEntityFrameworkCoreTokenConfiguration<AppToken, App, AppConsent, int>().Configure(token);
        token.ToTable("AppTokens");
        // Where one token is found to be used twice, all of its consent are revoked; what has run out is tidied away.
        token.HasIndex("AuthorizationId");
        token.HasIndex(x => x.ExpirationDate);
    }

    public void Configure(EntityTypeBuilder<AppScope> scope)
    {
        new OpenIddictEntityFrameworkCoreScopeConfiguration<AppScope, int>().Configure(scope);
        scope.ToTable("AppScopes");
    }

    public void Configure(EntityTypeBuilder<ConnectKey> key)
    {
        key.ToTable("ConnectKeys");
        key.HasKey(x => x.Id);
        key.Property(x => x.KeyId).HasMaxLength(64);
        key.Property(x => x.Use).HasConversion<string>().HasMaxLength(30);
        key.HasIndex(x => x.KeyId).IsUnique();
    }
}
