using System;
using Evergreen.Application.Storage.Guards;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evergreen.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class EquityRedemptions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "EquityRedemptions",
                columns: table => new
                {
                    CoOpId = table.Column<int>(type: "int", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    By = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    On = table.Column<DateOnly>(type: "date", nullable: false),
                    Resolution = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ThroughYear = table.Column<int>(type: "int", nullable: true),
                    MemberId = table.Column<int>(type: "int", nullable: true),
                    AskedCents = table.Column<long>(type: "bigint", nullable: true),
                    Order = table.Column<int>(type: "int", nullable: false),
                    Kinds = table.Column<int>(type: "int", nullable: false),
                    Members = table.Column<int>(type: "int", nullable: false),
                    PaidCents = table.Column<long>(type: "bigint", nullable: false),
                    NonqualifiedCents = table.Column<long>(type: "bigint", nullable: false),
                    FirstSequence = table.Column<long>(type: "bigint", nullable: false),
                    LastSequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EquityRedemptions", x => new { x.CoOpId, x.Number });
                    table.CheckConstraint("CK_EquityRedemptions_Cents", "\"PaidCents\" > 0 AND \"NonqualifiedCents\" >= 0 AND \"NonqualifiedCents\" <= \"PaidCents\" AND (\"AskedCents\" IS NULL OR \"AskedCents\" = \"PaidCents\")");
                    table.CheckConstraint("CK_EquityRedemptions_Scope", "\"ThroughYear\" IS NOT NULL OR \"MemberId\" IS NOT NULL");
                    table.CheckConstraint("CK_EquityRedemptions_Sequences", "\"FirstSequence\" + \"Members\" = \"LastSequence\" + 1 AND \"Members\" > 0");
                    table.ForeignKey(
                        name: "FK_EquityRedemptions_CoOps_CoOpId",
                        column: x => x.CoOpId,
                        principalTable: "CoOps",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_EquityRedemptions_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "EquityRedemptionReversals",
                columns: table => new
                {
                    CoOpId = table.Column<int>(type: "int", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    By = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    On = table.Column<DateOnly>(type: "date", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    FirstSequence = table.Column<long>(type: "bigint", nullable: false),
                    LastSequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EquityRedemptionReversals", x => new { x.CoOpId, x.Number });
                    table.CheckConstraint("CK_EquityRedemptionReversals_Sequences", "\"FirstSequence\" <= \"LastSequence\"");
                    table.ForeignKey(
                        name: "FK_EquityRedemptionReversals_EquityRedemptions_CoOpId_Number",
                        columns: x => new { x.CoOpId, x.Number },
                        principalTable: "EquityRedemptions",
                        principalColumns: new[] { "CoOpId", "Number" },
                        onDelete: ReferentialAction.Restrict);
                });
            migrationBuilder.Sql(SqlServerGuards.Redemptions);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "EquityRedemptionReversals");

            migrationBuilder.DropTable(
                name: "EquityRedemptions");
        }
    }
}
