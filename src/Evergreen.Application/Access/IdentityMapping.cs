using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Access;

/// <summary>ASP.NET Core Identity's own facts, without its roles: ours are dated, see <see cref="RoleGrant"/>.</summary>
public sealed class IdentityMapping : IEntityTypeConfiguration<SignIn>, IEntityTypeConfiguration<IdentityUserClaim<int>>, IEntityTypeConfiguration<IdentityUserLogin<int>>,
    IEntityTypeConfiguration<IdentityUserToken<int>>, IEntityTypeConfiguration<IdentityUserPasskey<int>>
{
    public void Configure(EntityTypeBuilder<SignIn> user)
    {
        user.ToTable("SignIns");
        user.HasKey(x => x.Id);
        user.HasIndex(x => x.NormalizedUserName).IsUnique();
        user.HasIndex(x => x.NormalizedEmail);
        user.Property(x => x.UserName).HasMaxLength(256);
        user.Property(x => x.NormalizedUserName).HasMaxLength(256);
        user.Property(x => x.Email).HasMaxLength(256);
        user.Property(x => x.NormalizedEmail).HasMaxLength(256);
        user.Property(x => x.Theme).HasConversion<string>().HasMaxLength(10);
        user.Property(x => x.ConcurrencyStamp).IsConcurrencyToken();
        // Slowing down is kept by account and address, see SignInAttempt.
        user.Ignore(x => x.LockoutEnd).Ignore(x => x.LockoutEnabled).Ignore(x => x.AccessFailedCount).Ignore(x => x.PhoneNumber).Ignore(x => x.PhoneNumberConfirmed);
    }

    public void Configure(EntityTypeBuilder<IdentityUserClaim<int>> claim)
    {
        claim.ToTable("SignInClaims");
        claim.HasKey(x => x.Id);
        claim.HasIndex(x => x.UserId);
        claim.HasOne<SignIn>().WithMany().HasForeignKey(x => x.UserId);
    }

    public void Configure(EntityTypeBuilder<IdentityUserLogin<int>> login)
    {
        login.ToTable("SignInLogins");
        login.HasKey(x => new { x.LoginProvider, x.ProviderKey });
        login.Property(x => x.LoginProvider).HasMaxLength(128);
        login.Property(x => x.ProviderKey).HasMaxLength(128);
        login.HasOne<SignIn>().WithMany().HasForeignKey(x => x.UserId);
    }

    public void Configure(EntityTypeBuilder<IdentityUserToken<int>> token)
    {
        token.ToTable("SignInTokens");
        token.HasKey(x => new { x.UserId, x.LoginProvider, x.Name });
        token.Property(x => x.LoginProvider).HasMaxLength(128);
        token.Property(x => x.Name).HasMaxLength(128);
        token.HasOne<SignIn>().WithMany().HasForeignKey(x => x.UserId);
    }

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<int>> passkey)
    {
        passkey.ToTable("SignInPasskeys");
        passkey.HasKey(x => x.CredentialId);
        // No longer than 1023 bytes, says WebAuthn.
        passkey.Property(x => x.CredentialId).HasMaxLength(1024);
        passkey.HasIndex(x => x.UserId);
        passkey.ComplexProperty(x => x.Data);
        passkey.HasOne<SignIn>().WithMany().HasForeignKey(x => x.UserId);
    }
}
