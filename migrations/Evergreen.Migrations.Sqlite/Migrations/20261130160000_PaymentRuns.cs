using System;
using Evergreen.Application.Storage.Guards;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evergreen.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class PaymentRuns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "PaymentRuns",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CoOpId = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    DividendRunId = table.Column<int>(type: "INTEGER", nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    Form = table.Column<int>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Members = table.Column<int>(type: "INTEGER", nullable: false),
                    TotalCents = table.Column<long>(type: "INTEGER", nullable: false),
                    EntryHash = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentRuns", x => x.Id);
                    table.CheckConstraint("CK_PaymentRuns_Totals", "\"Members\" >= 1 AND \"TotalCents\" >= 1 AND \"Round\" >= 1");
                    table.ForeignKey(
                        name: "FK_PaymentRuns_CoOps_CoOpId",
                        column: x => x.CoOpId,
                        principalTable: "CoOps",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PaymentRuns_DividendPostings_DividendRunId",
                        column: x => x.DividendRunId,
                        principalTable: "DividendPostings",
                        principalColumn: "RunId",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PaymentApprovals",
                columns: table => new
                {
                    PaymentRunId = table.Column<int>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentApprovals", x => x.PaymentRunId);
                    table.ForeignKey(
                        name: "FK_PaymentApprovals_PaymentRuns_PaymentRunId",
                        column: x => x.PaymentRunId,
                        principalTable: "PaymentRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PaymentFiles",
                columns: table => new
                {
                    PaymentRunId = table.Column<int>(type: "INTEGER", nullable: false),
                    DividendRunId = table.Column<int>(type: "INTEGER", nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EffectiveOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Modifier = table.Column<string>(type: "TEXT", maxLength: 1, nullable: false),
                    BankRouting = table.Column<string>(type: "TEXT", maxLength: 9, nullable: false),
                    BankName = table.Column<string>(type: "TEXT", maxLength: 23, nullable: false),
                    CompanyId = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    CompanyName = table.Column<string>(type: "TEXT", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Entries = table.Column<int>(type: "INTEGER", nullable: false),
                    TotalCents = table.Column<long>(type: "INTEGER", nullable: false),
                    EntryHash = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentFiles", x => x.PaymentRunId);
                    table.ForeignKey(
                        name: "FK_PaymentFiles_PaymentRuns_PaymentRunId",
                        column: x => x.PaymentRunId,
                        principalTable: "PaymentRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PaymentLeftOuts",
                columns: table => new
                {
                    PaymentRunId = table.Column<int>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<int>(type: "INTEGER", nullable: false),
                    PatronageCents = table.Column<long>(type: "INTEGER", nullable: false),
                    InterestCents = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentLeftOuts", x => new { x.PaymentRunId, x.MemberId });
                    table.CheckConstraint("CK_PaymentLeftOuts_Amount", "\"PatronageCents\" >= 0 AND \"InterestCents\" >= 0");
                    table.ForeignKey(
                        name: "FK_PaymentLeftOuts_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PaymentLeftOuts_PaymentRuns_PaymentRunId",
                        column: x => x.PaymentRunId,
                        principalTable: "PaymentRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Payments",
                columns: table => new
                {
                    PaymentRunId = table.Column<int>(type: "INTEGER", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<int>(type: "INTEGER", nullable: false),
                    PatronageCents = table.Column<long>(type: "INTEGER", nullable: false),
                    InterestCents = table.Column<long>(type: "INTEGER", nullable: false),
                    Bank = table.Column<string>(type: "TEXT", maxLength: 8, nullable: true),
                    AccountDigest = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Payments", x => new { x.PaymentRunId, x.No });
                    table.CheckConstraint("CK_Payments_Amount", "\"PatronageCents\" >= 0 AND \"InterestCents\" >= 0 AND \"PatronageCents\" + \"InterestCents\" >= 1");
                    table.ForeignKey(
                        name: "FK_Payments_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Payments_PaymentRuns_PaymentRunId",
                        column: x => x.PaymentRunId,
                        principalTable: "PaymentRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PaymentSettlements",
                columns: table => new
                {
                    PaymentRunId = table.Column<int>(type: "INTEGER", nullable: false),
                    DividendRunId = table.Column<int>(type: "INTEGER", nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    FirstSequence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentSettlements", x => x.PaymentRunId);
                    table.ForeignKey(
                        name: "FK_PaymentSettlements_PaymentRuns_PaymentRunId",
                        column: x => x.PaymentRunId,
                        principalTable: "PaymentRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PaymentVoids",
                columns: table => new
                {
                    PaymentRunId = table.Column<int>(type: "INTEGER", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentVoids", x => new { x.PaymentRunId, x.No });
                    table.ForeignKey(
                        name: "FK_PaymentVoids_PaymentSettlements_PaymentRunId",
                        column: x => x.PaymentRunId,
                        principalTable: "PaymentSettlements",
                        principalColumn: "PaymentRunId",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PaymentVoids_Payments_PaymentRunId_No",
                        columns: x => new { x.PaymentRunId, x.No },
                        principalTable: "Payments",
                        principalColumns: new[] { "PaymentRunId", "No" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PaymentFiles_DividendRunId_Round",
                table: "PaymentFiles",
                columns: new[] { "DividendRunId", "Round" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PaymentLeftOuts_MemberId",
                table: "PaymentLeftOuts",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentRuns_CoOpId_Number",
                table: "PaymentRuns",
                columns: new[] { "CoOpId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PaymentRuns_DividendRunId",
                table: "PaymentRuns",
                column: "DividendRunId");

            migrationBuilder.CreateIndex(
                name: "IX_Payments_MemberId_PaymentRunId",
                table: "Payments",
                columns: new[] { "MemberId", "PaymentRunId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PaymentSettlements_DividendRunId_Round",
                table: "PaymentSettlements",
                columns: new[] { "DividendRunId", "Round" },
                unique: true);

            migrationBuilder.Sql(SqliteGuards.PaymentRuns);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PaymentApprovals");

            migrationBuilder.DropTable(
                name: "PaymentFiles");

            migrationBuilder.DropTable(
                name: "PaymentLeftOuts");

            migrationBuilder.DropTable(
                name: "PaymentVoids");

            migrationBuilder.DropTable(
                name: "PaymentSettlements");

            migrationBuilder.DropTable(
                name: "Payments");

            migrationBuilder.DropTable(
                name: "PaymentRuns");
        }
    }
}
