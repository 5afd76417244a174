using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evergreen.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class SameForm : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Twin",
                table: "SubmittedForms",
                type: "character varying(22)",
                maxLength: 22,
                nullable: true,
                collation: "C");

            migrationBuilder.CreateIndex(
                name: "IX_SubmittedForms_Twin_At",
                table: "SubmittedForms",
                columns: new[] { "Twin", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_SubmittedForms_Twin_At",
                table: "SubmittedForms");

            migrationBuilder.DropColumn(
                name: "Twin",
                table: "SubmittedForms");
        }
    }
}
