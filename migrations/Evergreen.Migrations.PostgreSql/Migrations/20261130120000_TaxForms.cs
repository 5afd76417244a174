using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evergreen.Migrations.PostgreSql.Migrations
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
                    MemberId = table.Column<int>(type: "integer", nullable: false),
                    By = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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
                    CoOpId = table.Column<int>(type: "integer", nullable: false),
                    CalendarYear = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    PayerTaxId = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false, collation: "C"),
                    On = table.Column<DateOnly>(type: "date", nullable: false),
                    By = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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
                    CoOpId = table.Column<int>(type: "integer", nullable: false),
                    CalendarYear = table.Column<int>(type: "integer", nullable: false),
                    MemberId = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    DividendsCents = table.Column<long>(type: "bigint", nullable: false),
                    WithheldCents = table.Column<long>(type: "bigint", nullable: false),
                    RedeemedCents = table.Column<long>(type: "bigint", nullable: false)
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
