using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evergreen.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Locale : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsSample",
                table: "CoOps",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Language",
                table: "CoOps",
                type: "nvarchar(8)",
                maxLength: 8,
                nullable: true,
                collation: "Latin1_General_100_BIN2");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "IsSample",
                table: "CoOps");

            migrationBuilder.DropColumn(
                name: "Language",
                table: "CoOps");
        }
    }
}
