using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evergreen.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ListOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "JoinedOn",
                table: "Members",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            // What the facts say: the first day on which each member is active (status 1).
            migrationBuilder.Sql(
                """
                UPDATE "Members"
                SET "JoinedOn" = (SELECT MIN("StatusChanges"."On") FROM "StatusChanges" WHERE "StatusChanges"."MemberId" = "Members"."Id" AND "StatusChanges"."Status" = 1)
                WHERE EXISTS (SELECT 1 FROM "StatusChanges" WHERE "StatusChanges"."MemberId" = "Members"."Id" AND "StatusChanges"."Status" = 1)
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Members_CoOpId_JoinedOn_Number",
                table: "Members",
                columns: new[] { "CoOpId", "JoinedOn", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Members_CoOpId_Name_Number",
                table: "Members",
                columns: new[] { "CoOpId", "Name", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditRecords_CoOpId_Id",
                table: "AuditRecords",
                columns: new[] { "CoOpId", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Members_CoOpId_JoinedOn_Number",
                table: "Members");

            migrationBuilder.DropIndex(
                name: "IX_Members_CoOpId_Name_Number",
                table: "Members");

            migrationBuilder.DropIndex(
                name: "IX_AuditRecords_CoOpId_Id",
                table: "AuditRecords");

            migrationBuilder.DropColumn(
                name: "JoinedOn",
                table: "Members");
        }
    }
}
