using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evergreen.Migrations.PostgreSql.Migrations
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
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Language",
                table: "CoOps",
                type: "character varying(8)",
                maxLength: 8,
                nullable: true,
                collation: "C");
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
