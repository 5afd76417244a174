using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evergreen.Migrations.Sqlite.Migrations
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
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Language",
                table: "CoOps",
                type: "TEXT",
                maxLength: 8,
                nullable: true);
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
