using Evergreen.Application.Storage.Guards;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Equity;

public sealed class LedgerMapping : IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<LedgerHead>, IEntityTypeConfiguration<LedgerEntry>,
    IEntityTypeConfiguration<LedgerLine>
{
    public void Configure(EntityTypeBuilder<Account> account)
    {
        account.ToTable("Accounts");
        account.HasKey(x => x.Id);
        account.Property(x => x.Code).HasMaxLength(50);
        account.Property(x => x.Currency).HasMaxLength(3);
        account.HasIndex(x => new { x.CoOpId, x.Code }).IsUnique();
        account.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
    }

    public void Configure(EntityTypeBuilder<LedgerHead> head)
    {
        head.ToTable("LedgerHeads", t => t.HasCheckConstraint("CK_LedgerHeads_Sequence", "\"Sequence\" >= 0"));
        head.HasKey(x => x.CoOpId);
        head.Property(x => x.CoOpId).ValueGeneratedNever();
        head.Property(x => x.Hash).HasMaxLength(32);
        head.HasOne<CoOp>().WithOne().HasForeignKey<LedgerHead>(x => x.CoOpId);
    }

    public void Configure(EntityTypeBuilder<LedgerEntry> entry)
    {
        entry.ToTable("LedgerEntries", t =>
        {
            t.HasCheckConstraint("CK_LedgerEntries_LineCount", "\"LineCount\" >= 2");
            t.HasCheckConstraint("CK_LedgerEntries_Reverses", "\"Reverses\" < \"Sequence\"");
        }).HasGuards();
        entry.HasKey(x => new { x.CoOpId, x.Sequence });
        entry.Property(x => x.Hash).HasMaxLength(32);
        // Not the co-op first: PostgreSQL, to which a growing ledger still looks small, would take it for the key when it looks for the entry of each line, and read the co-op's whole ledger for every line.
        entry.HasIndex(x => new { x.Kind, x.Source, x.Item, x.CoOpId }).IsUnique();
        entry.HasIndex(x => new { x.CoOpId, x.Reverses }).IsUnique().HasFilter("\"Reverses\" IS NOT NULL");
        entry.HasOne<LedgerEntry>().WithMany().HasForeignKey(x => new { x.CoOpId, x.Reverses });
    }

    public void Configure(EntityTypeBuilder<LedgerLine> line)
    {
        line.ToTable("LedgerLines", t => t.HasCheckConstraint("CK_LedgerLines_AmountCents", "\"AmountCents\" <> 0")).HasGuards();
        line.HasKey(x => new { x.CoOpId, x.Sequence, x.LineNo });
        line.HasIndex(x => new { x.AccountId, x.MemberId });
        line.HasOne<LedgerEntry>().WithMany().HasForeignKey(x => new { x.CoOpId, x.Sequence });
        line.HasOne<Account>().WithMany().HasForeignKey(x => x.AccountId);
        line.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }
}
