using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evergreen.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class TaxForms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ExemptRecipients",
                columns: table => new
                {
                    MemberId = table.Column<int>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExemptRecipients", x => x.MemberId);
                    table.ForeignKey(
                        name: "FK_ExemptRecipients_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TaxFormReleases",
                columns: table => new
                {
                    CoOpId = table.Column<int>(type: "INTEGER", nullable: false),
                    CalendarYear = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    PayerTaxId = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaxFormReleases", x => new { x.CoOpId, x.CalendarYear, x.Number });
                    table.ForeignKey(
                        name: "FK_TaxFormReleases_CoOps_CoOpId",
                        column: x => x.CoOpId,
                        principalTable: "CoOps",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TaxForms",
                columns: table => new
                {
                    CoOpId = table.Column<int>(type: "INTEGER", nullable: false),
                    CalendarYear = table.Column<int>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    DividendsCents = table.Column<long>(type: "INTEGER", nullable: false),
                    WithheldCents = table.Column<long>(type: "INTEGER", nullable: false),
                    RedeemedCents = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaxForms", x => new { x.CoOpId, x.CalendarYear, x.MemberId, x.Number });
                    table.ForeignKey(
                        name: "FK_TaxForms_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_TaxForms_TaxFormReleases_CoOpId_CalendarYear_Number",
                        columns: x => new { x.CoOpId, x.CalendarYear, x.Number },
                        principalTable: "TaxFormReleases",
                        principalColumns: new[] { "CoOpId", "CalendarYear", "Number" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_TaxForms_MemberId",
                table: "TaxForms",
                column: "MemberId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ExemptRecipients");

            migrationBuilder.DropTable(
                name: "TaxForms");

            migrationBuilder.DropTable(
                name: "TaxFormReleases");
        }
    }
}
