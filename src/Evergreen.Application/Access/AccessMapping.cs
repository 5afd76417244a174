using Evergreen.Domain.CoOps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Access;

public sealed class AccessMapping : IEntityTypeConfiguration<RoleGrant>, IEntityTypeConfiguration<SignInSession>, IEntityTypeConfiguration<SignInAttempt>,
    IEntityTypeConfiguration<RecoveryCode>, IEntityTypeConfiguration<Invitation>, IEntityTypeConfiguration<SetUpCode>, IEntityTypeConfiguration<SiteKey>
{
    private const int DigestLength = 64;

    public void Configure(EntityTypeBuilder<RoleGrant> grant)
    {
        grant.ToTable("RoleGrants");
        grant.HasKey(x => x.Id);
        grant.Property(x => x.Role).HasConversion<string>().HasMaxLength(30);
        grant.HasIndex(x => x.UserId);
        grant.HasOne<SignIn>().WithMany().HasForeignKey(x => x.UserId);
        grant.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
    }

    public void Configure(EntityTypeBuilder<SignInSession> session)
    {
        session.ToTable("SignInSessions");
        session.HasKey(x => x.Id);
        session.Property(x => x.KeyDigest).HasMaxLength(DigestLength);
        session.Property(x => x.Proof).HasConversion<string>().HasMaxLength(30);
        session.Property(x => x.From).HasMaxLength(64);
        session.Property(x => x.Device).HasMaxLength(200);
        session.HasIndex(x => x.KeyDigest).IsUnique();
        session.HasIndex(x => new { x.UserId, x.StartedAt });
        session.HasOne<SignIn>().WithMany().HasForeignKey(x => x.UserId);
    }

    public void Configure(EntityTypeBuilder<SignInAttempt> attempt)
    {
        attempt.ToTable("SignInAttempts");
        attempt.HasKey(x => x.Id);
        attempt.Property(x => x.NameDigest).HasMaxLength(DigestLength);
        attempt.Property(x => x.From).HasMaxLength(64);
        attempt.HasIndex(x => new { x.NameDigest, x.At });
        attempt.HasIndex(x => new { x.From, x.At });
        attempt.HasIndex(x => x.At);
    }

    public void Configure(EntityTypeBuilder<RecoveryCode> code)
    {
        code.ToTable("RecoveryCodes");
        code.HasKey(x => x.Id);
        code.Property(x => x.Digest).HasMaxLength(DigestLength);
        code.HasIndex(x => x.UserId);
        code.HasOne<SignIn>().WithMany().HasForeignKey(x => x.UserId);
    }

    public void Configure(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.ToTable("Invitations");
        invitation.HasKey(x => x.Id);
        invitation.Property(x => x.CodeDigest).HasMaxLength(DigestLength);
        invitation.Property(x => x.Role).HasConversion<string>().HasMaxLength(30);
        invitation.Property(x => x.Mail).HasMaxLength(256);
        invitation.HasIndex(x => x.CodeDigest).IsUnique();
        invitation.HasIndex(x => x.CoOpId);
        invitation.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
        invitation.HasOne<SignIn>().WithMany().HasForeignKey(x => x.ForUserId);
    }

    public void Configure(EntityTypeBuilder<SetUpCode> code)
    {
        code.ToTable("SetUpCodes");
        code.HasKey(x => x.Id);
        code.Property(x => x.Id).ValueGeneratedNever();
        code.Property(x => x.CodeDigest).HasMaxLength(DigestLength);
    }

    public void Configure(EntityTypeBuilder<SiteKey> key)
    {
        key.ToTable("SiteKeys");
        key.HasKey(x => x.Id);
        key.Property(x => x.Name).HasMaxLength(100);
        key.HasIndex(x => x.Name).IsUnique();
    }
}
