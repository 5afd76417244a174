using System;
using Evergreen.Application.Storage.Guards;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evergreen.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class TaxFilings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "TaxFilings",
                columns: table => new
                {
                    CoOpId = table.Column<int>(type: "INTEGER", nullable: false),
                    CalendarYear = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Release = table.Column<int>(type: "INTEGER", nullable: false),
                    PayerTaxId = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    Forms = table.Column<int>(type: "INTEGER", nullable: false),
                    Files = table.Column<int>(type: "INTEGER", nullable: false),
                    DividendsCents = table.Column<long>(type: "INTEGER", nullable: false),
                    WithheldCents = table.Column<long>(type: "INTEGER", nullable: false),
                    RedeemedCents = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaxFilings", x => new { x.CoOpId, x.CalendarYear, x.Number });
                    table.CheckConstraint("CK_TaxFilings_Counts", "\"Number\" >= 1 AND \"Files\" >= 1 AND \"Forms\" >= \"Files\"");
                    table.ForeignKey(
                        name: "FK_TaxFilings_TaxFormReleases_CoOpId_CalendarYear_Release",
                        columns: x => new { x.CoOpId, x.CalendarYear, x.Release },
                        principalTable: "TaxFormReleases",
                        principalColumns: new[] { "CoOpId", "CalendarYear", "Number" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TaxFilingFiles",
                columns: table => new
                {
                    CoOpId = table.Column<int>(type: "INTEGER", nullable: false),
                    CalendarYear = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    Forms = table.Column<int>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaxFilingFiles", x => new { x.CoOpId, x.CalendarYear, x.Number, x.No });
                    table.ForeignKey(
                        name: "FK_TaxFilingFiles_TaxFilings_CoOpId_CalendarYear_Number",
                        columns: x => new { x.CoOpId, x.CalendarYear, x.Number },
                        principalTable: "TaxFilings",
                        principalColumns: new[] { "CoOpId", "CalendarYear", "Number" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TaxFilingsSent",
                columns: table => new
                {
                    CoOpId = table.Column<int>(type: "INTEGER", nullable: false),
                    CalendarYear = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Receipts = table.Column<string>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaxFilingsSent", x => new { x.CoOpId, x.CalendarYear });
                    table.ForeignKey(
                        name: "FK_TaxFilingsSent_TaxFilings_CoOpId_CalendarYear_Number",
                        columns: x => new { x.CoOpId, x.CalendarYear, x.Number },
                        principalTable: "TaxFilings",
                        principalColumns: new[] { "CoOpId", "CalendarYear", "Number" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.Sql(SqliteGuards.TaxFilings);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "TaxFilingFiles");

            migrationBuilder.DropTable(
                name: "TaxFilingsSent");

            migrationBuilder.DropTable(
                name: "TaxFilings");
        }
    }
}
